"""Compare two versions of a contract: what changed, whom it breaks, and the proof of it.

\b
  lading diff orders-1.yaml orders-2.yaml
  lading diff HEAD~1:api/orders.yaml api/orders.yaml
  lading diff registry:erp/orders@1.2.0 orders.yaml --format markdown
  lading diff old.yaml new.yaml --policy full
  lading diff old.yaml new.yaml --policy ours.yaml
  lading diff --policy ?

BASE and REVISION are files, git revisions (REV:path) or versions in the registry (registry:domain/name@version).
Every breaking change of a schema comes with a witness: a value that one side takes and the other refuses.

Below the changes stands which version they ask for.

Ends with 0 if nothing breaks, with 1 if something does, and with 2 if it could not be told.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from contracts.errors import ContractError
from lading import locate, profile_files
from lading.garbage import collected_rarely
from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell
from lading.output import in_colour, line_width
from linters.diff import Comparison, compare
from linters.diff.reports import markdown, text
from linters.gate import Advice, advise
from policies import profiles


class Format(StrEnum):
    """How the comparison is written out."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class FailOn(StrEnum):
    """What makes the command end with 1."""

    BREAKING = "breaking"
    UNKNOWN = "unknown"


def _described(value: str) -> str:
    if value == profile_files.LIST:
        sys.stdout.write(profile_files.listed())
        raise typer.Exit
    return value


def command(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The version before.")],
    revision: Annotated[str, typer.Argument(metavar="REVISION", help="The version after.")],
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to write it out.")] = Format.TEXT,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Whether an unknown change ends with 1 as well, instead of 2.")
    ] = FailOn.BREAKING,
    policy: Annotated[
        str,
        typer.Option(
            "--policy",
            metavar="NAME|FILE",
            help=f"One of {', '.join(profiles.policies())}, or a YAML file of your own; ? describes them.",
            callback=_described,
            is_eager=True,
        ),
    ] = "backward",
    safe: Annotated[
        bool, typer.Option("--safe/--no-safe", help="Whether text shows safe changes too.")
    ] = True,
) -> int:
    rules = profile_files.policy(policy)
    with collected_rarely():
        before = _find(base)
        after = _find(revision, like=before)
        comparison = compare(before.api, after.api, policy=rules)
    advice = advise(before.api, after.api, comparison, datetime.now(UTC).date())
    title = f"{before.name} → {after.name}"
    sys.stdout.write(_rendered(comparison, advice, format_, title, safe=safe))
    if comparison.verdict == "breaking":
        return NO
    if comparison.verdict == "unknown":
        return NO if fail_on is FailOn.UNKNOWN else COULD_NOT_TELL
    return YES


def _find(place: str, like: locate.Found | None = None) -> locate.Found:
    try:
        return locate.find(place, like=like)
    except (ContractError, CouldNotTell) as error:
        raise locate.explain(error, place) from None


def _rendered(comparison: Comparison, advice: Advice, format_: Format, title: str, *, safe: bool) -> str:
    if format_ is Format.JSON:
        told = {**comparison.as_dict(), "version": advice.as_dict()}
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    if format_ is Format.MARKDOWN:
        shown = markdown.render(comparison, title)
    else:
        shown = text.render(comparison, title, colour=in_colour(), width=line_width(), safe=safe)
    return f"{shown.rstrip()}\n\n{advice.sentence}\n"
