"""The options that every way to run the gateway has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Contract: TypeAlias = Annotated[
    Path | None, typer.Option(help="An OpenAPI document to check calls against, without a registry.")
]
Upstreams: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(help="Where calls go: http://host:port, with a path if need be; may be repeated."),
]
Mode: TypeAlias = Annotated[
    str, typer.Option(help="enforce refuses what does not follow the contract, monitor only reports it.")
]
ResponseMode: TypeAlias = Annotated[str, typer.Option(help="The same for responses; empty means as --mode.")]
BasePath: TypeAlias = Annotated[
    str | None, typer.Option(help="Path that the contract is served below; default: that of its servers.")
]
RuleTexts: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(help="A rule as name=value, for example one_way=allow; docs/settings.md lists them."),
]
Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="TOML file that says what callers may speak, whom to believe and how upstreams are treated; default LADING_GATEWAY_CONFIG."
    ),
]
Learn: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Check nothing, pass every call on to --upstream, and write a draft contract of it to FILE.",
    ),
]
AccessLog: TypeAlias = Annotated[bool, typer.Option(help="A line of JSON on standard output for each call.")]
