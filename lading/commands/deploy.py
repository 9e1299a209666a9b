"""Say where the gateway serves a contract from, list that, or stop it.

\b
  lading deploy put erp/orders 2 --upstream http://erp-1:9000 --upstream http://erp-2:9000
  lading deploy put erp/orders 2 --upstream http://erp:9000 --version-upstream 2.1=http://erp-old:9000
  lading deploy put last-mile/delivery 1 --upstream http://courier:9000 --response monitor
  lading deploy put erp/orders 2 --upstream http://erp:9000 --treatment orders.toml
  lading deploy list
  lading deploy withdraw erp/orders 1

A line is the newest version of a major; the gateway serves it at /domain/name/vMAJOR unless --base-path says
otherwise. Gateways take a change up within seconds, without a restart.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from lading.client import ask
from lading.files import read_bytes
from lading.outcome import YES, CouldNotTell
from lading.tables import Format, write_json, write_table
from registry.domain import names
from registry.domain.errors import DomainError

Contract = Annotated[str, typer.Argument(metavar="DOMAIN/NAME", help="The contract.")]
Major = Annotated[int, typer.Argument(metavar="MAJOR", min=0, help="Its major line.")]
Environment = Annotated[str, typer.Option("--environment", "-e", help="Where.")]
Output = Annotated[Format, typer.Option("--format", "-f")]


class Mode(StrEnum):
    """What is done about calls that do not follow the contract."""

    ENFORCE = "enforce"
    MONITOR = "monitor"
    OFF = "off"


class Access(StrEnum):
    """Whether callers need a key."""

    KEY = "key"
    OPEN = "open"


def put(
    contract: Contract,
    major: Major,
    upstream: Annotated[
        list[str], typer.Option("--upstream", "-u", help="http://host:port; may be repeated.")
    ],
    environment: Environment = "default",
    base_path: Annotated[str | None, typer.Option(help="Where callers find it.")] = None,
    upstream_path: Annotated[str | None, typer.Option(help="What stands before its paths upstream.")] = None,
    request: Annotated[Mode, typer.Option(help="What is done about requests.")] = Mode.ENFORCE,
    response: Annotated[Mode, typer.Option(help="What is done about responses.")] = Mode.MONITOR,
    access: Annotated[Access, typer.Option(help="Whether callers need a key.")] = Access.KEY,
    version_upstream: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VERSION=URL",
            help="Where a version runs that consumers are pinned to: 1.4=http://host:port; may be repeated.",
        ),
    ] = None,
    treatment: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="TOML file that says how the upstreams are treated: times, retries, breaker, keys (docs/guides/upstreams.md).",
        ),
    ] = None,
    format_: Output = Format.TEXT,
) -> int:
    """Serve a line, or change how it is served."""
    body: dict[str, Any] = {
        "upstreams": upstream,
        "modes": {"request": str(request), "response": str(response)},
        "access": str(access),
    }
    if version_upstream:
        body["versions"] = _by_version(version_upstream)
    if treatment is not None:
        body["treatment"] = _toml(treatment)
    paths = {"base_path": base_path, "upstream_path": upstream_path}
    body |= {name: path for name, path in paths.items() if path is not None}
    made = ask("PUT", "deployments", environment, *_split(contract), str(major), json=body)
    if format_ is Format.JSON:
        write_json(made)
    else:
        print(
            f"{contract} {major}.x is served at {made['base_path']} in {environment}, from {', '.join(upstream)}"
        )
    return YES


def list_(
    contract: Annotated[str | None, typer.Option("--contract", "-c", help="Only of this contract.")] = None,
    format_: Output = Format.TEXT,
) -> int:
    """List what is served where."""
    query = {"contract": "/".join(_split(contract))} if contract else {}
    found = ask("GET", "deployments", params=query)["items"]
    if format_ is Format.JSON:
        write_json(found)
    elif not found:
        print("Nothing is served. `lading deploy put DOMAIN/NAME MAJOR --upstream URL` begins.")
    else:
        write_table(
            ("environment", "path", "contract", "line", "requests", "responses", "access", "upstreams"),
            (
                (
                    one["environment"], one["base_path"] or "/", one["contract"], f"{one['major']}.x",
                    one["modes"]["request"], one["modes"]["response"], one["access"], " ".join(one["upstreams"]),
                )
                for one in found
            ),
        )  # fmt: skip
    return YES


def withdraw(contract: Contract, major: Major, environment: Environment = "default") -> int:
    """Stop serving a line."""
    ask("DELETE", "deployments", environment, *_split(contract), str(major))
    print(f"{contract} {major}.x is not served in {environment} any more")
    return YES


commands = {"put": put, "list": list_, "withdraw": withdraw}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_bytes(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CouldNotTell(f"{path} is not TOML: {error}.") from None


def _by_version(given: list[str]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for text in given:
        version, equals, upstream = text.partition("=")
        if not equals or not version:
            raise CouldNotTell(
                f"--version-upstream is {text!r}.", "Write VERSION=URL, for example 1.4=http://erp-old:9000."
            )
        found.setdefault(version, {"upstreams": []})["upstreams"].append(upstream)
    return found


def _split(contract: str) -> tuple[str, str]:
    try:
        return names.split(contract)
    except DomainError as error:
        raise CouldNotTell(error.message, error.advice) from None
