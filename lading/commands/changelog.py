"""Tell people what changed from version to version of a contract, what breaks first.

\b
  lading changelog orders-1.yaml orders-2.yaml
  lading changelog HEAD~1:api/orders.yaml api/orders.yaml
  lading changelog api/orders.yaml --history --format html --output changes.html
  lading changelog erp/orders --registry

Versions are files, git revisions (REV:path) or versions of the registry (registry:domain/name@version), the oldest
first. --history takes one file through the history of git, --registry all published versions of a contract.

Ends with 0 if the changelog is complete, and with 2 if a version could not be read or compared.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lading import history
from lading.outcome import COULD_NOT_TELL, YES, CouldNotTell
from lading.output import write
from linters.changelog import Changelog, changelog
from linters.changelog.reports import html, markdown
from policies import profiles

MOST = 100
"""Versions that are told of, unless more are asked for."""


class Format(StrEnum):
    """How the changelog is written out."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def command(
    places: Annotated[
        list[str],
        typer.Argument(metavar="PLACE…", help="Versions, the oldest first; or FILE, or DOMAIN/NAME."),
    ],
    through_git: Annotated[
        bool, typer.Option("--history", help="Follow one FILE through the history of git.")
    ] = False,
    registry: Annotated[
        bool, typer.Option("--registry", help="Tell of the versions of DOMAIN/NAME in the registry.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=1000, help="Tell of so many versions at most.")
    ] = MOST,
    policy: Annotated[
        str, typer.Option("--policy", metavar="NAME", help=f"One of {', '.join(profiles.policies())}.")
    ] = "backward",
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to write it out.")] = Format.MARKDOWN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.")
    ] = None,
) -> int:
    rules = profiles.policy(policy)
    if through_git and registry:
        raise CouldNotTell("--history is about a file, --registry about a contract.", "Choose one.")
    if (through_git or registry) and len(places) != 1:
        raise CouldNotTell("one history is told at a time.", "Name one FILE, or one DOMAIN/NAME.")
    if not through_git and not registry and len(places) < 2:
        raise CouldNotTell(
            "a changelog needs two versions.", "Name another one, or say --history or --registry."
        )
    cut = False
    if through_git:
        versions, cut = history.of_file(places[0], limit)
    elif registry:
        versions, cut = history.of_registry(places[0], limit)
    else:
        versions = history.of_places(places)
    if not versions:
        raise CouldNotTell(f"{places[0]} has no published version.", "Publish one first.")
    titles = [one.api.title for one in versions if one.api is not None and one.api.title]
    made = changelog(titles[-1] if titles else places[-1], versions, policy=rules, cut=cut)
    write(_rendered(made, format_), output)
    return COULD_NOT_TELL if any(one.problem for one in made.releases) else YES


def _rendered(made: Changelog, format_: Format) -> str:
    if format_ is Format.JSON:
        return json.dumps(made.as_dict(), indent=2, ensure_ascii=False) + "\n"
    return html.render(made) if format_ is Format.HTML else markdown.render(made)
