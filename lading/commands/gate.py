"""May this contract be published? What continuous integration asks before a merge.

\b
  lading gate orders.yaml --contract erp/orders
  lading gate orders.yaml --contract erp/orders --base HEAD~1:orders.yaml
  lading gate orders.yaml --contract erp/orders --base origin/main:api/orders.yaml --format markdown
  lading gate orders.yaml --contract erp/orders --profile strict --format sarif

With --base the answer is worked out here, against a file, a git revision (REV:path) or a version of the registry
(registry:domain/name@version); `--base none` says that this is the first version. Without it the registry is
asked, which knows the latest published version and who calls it.

Ends with 0 if it may, with 1 if it may not, and with 2 if it could not be told: that is no yes.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from contracts import validity
from lading import locate, settings
from lading.client import Client, Files, Refusal
from lading.files import read_set
from lading.linting.suppressing import waivers_in
from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell
from lading.output import in_colour, line_width, write
from linters.gate import GateRequest, GateResult, decide
from linters.gate.reports import github, junit, markdown, sarif, text
from linters.suppression import Waiver
from policies import profiles, rulesets

FIRST = "none"


class Format(StrEnum):
    """How the answer is written out."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The contract that is to be published.")],
    contract: Annotated[
        str, typer.Option("--contract", "-c", metavar="DOMAIN/NAME", help="Which contract it is.")
    ],
    profile: Annotated[
        str, typer.Option("--profile", "-p", metavar="NAME", help=f"One of {', '.join(profiles.names())}.")
    ] = profiles.DEFAULT,
    base: Annotated[
        str | None, typer.Option("--base", "-b", metavar="PLACE", help="What to compare with, or none.")
    ] = None,
    waivers: Annotated[
        list[Path] | None,
        typer.Option("--waivers", metavar="FILE", help="A file of waivers, with --base; may be repeated."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to write it out.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.")
    ] = None,
) -> int:
    if base is None and waivers:
        raise CouldNotTell(
            "the registry counts no waivers from files.", "Say with --base what to compare with."
        )
    granted = waivers_in(waivers or ())
    result = _asked(file, contract, profile) if base is None else _worked_out(file, base, profile, granted)
    write(_rendered(result, format_, f"{contract}: {file}", to_file=output is not None), output)
    return {"pass": YES, "fail": NO}.get(result.outcome, COULD_NOT_TELL)


def _worked_out(file: str, base: str, name: str, waivers: tuple[Waiver, ...]) -> GateResult:
    profile = profiles.load(name)
    candidate = locate.find(file)
    before = None if base == FIRST else locate.find(base)
    request = GateRequest(
        candidate=candidate.api,
        base=None if before is None else before.api,
        base_version=None if before is None else before.version,
        is_first=before is None,
        ruleset=rulesets.load(profile.ruleset),
        rules=frozenset(rulesets.catalogue()),
        waivers=waivers,
        problems=validity.check(candidate.documents),
        today=datetime.now(UTC).date(),
    )
    return decide(request, profile)


def _asked(file: str, contract: str, profile: str) -> GateResult:
    """The registry's answer."""
    profiles.load(profile)  # a name that does not exist is told before anything is sent
    files = Files.of(read_set(Path(file)))
    with Client.open(settings.load()) as client:
        try:
            run = client.check(contract, files, profile=profile)
        except Refusal as refusal:
            raise CouldNotTell(f"the registry at {client.where} gave no answer: {refusal}") from None
    return GateResult.from_dict(run["result"])


def _rendered(result: GateResult, format_: Format, title: str, *, to_file: bool) -> str:
    match format_:
        case Format.JSON:
            return json.dumps(result.as_dict(), indent=2, ensure_ascii=False) + "\n"
        case Format.MARKDOWN:
            return markdown.render(result, title)
        case Format.SARIF:
            return sarif.render(result, title)
        case Format.JUNIT:
            return junit.render(result, title)
        case Format.GITHUB:
            return github.render(result, title)
    return text.render(result, title, colour=not to_file and in_colour(), width=line_width())
