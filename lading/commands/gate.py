"""May these contracts be published? What continuous integration asks before a merge.

\b
  lading gate --changed-since origin/main
  lading gate --changed-since origin/main 'api/**/*.yaml' --report markdown=gate.md --report sarif=gate.sarif
  lading gate orders.yaml --contract erp/orders
  lading gate orders.yaml --contract erp/orders --base registry
  lading gate orders.yaml --contract erp/orders --base origin/main...:api/orders.yaml --format markdown
  lading gate orders.yaml --contract erp/orders --profile strict --format sarif

With --changed-since every contract is judged that this branch changed since it left REV, also by a file that the
contract refers to. One that was moved is compared with what it was; a new one is a first version; one that was
deleted is refused unless its end was announced and has come.

Otherwise FILE is one contract. With --base the answer is worked out here, against a file, a git revision (REV:path;
REV...:path is where this branch left REV), a version of the registry (registry:domain/name@version), or its latest
(--base registry); `--base none` says that this is the first version. Without --base the registry is asked, which
knows the latest published version and who calls it.

A file of approvals lets single changes pass: a list of {fingerprint, reason, approver, until}. The reports for
pull requests (markdown, sarif, json) show the fingerprint of each change. Take it from the branch that is merged
into, --approvals origin/main:approvals.yaml, so that no branch approves itself.

Ends with 0 if all may, with 1 if one may not, and with 2 if it could not be told: that is no yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from lading import git, locate, settings
from lading.client import Client, Files, Refusal
from lading.files import read_bytes, read_set
from lading.gating.changed import changed
from lading.gating.judging import Gate
from lading.gating.reporting import Format, reports, write_out
from lading.linting.suppressing import waivers_in
from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell
from linters.gate import Approval, GateResult, read_approvals
from linters.gate.approvals import told
from linters.gate.run import Judged, Run
from policies import profiles

FIRST = "none"
LATEST = "registry"


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]", help="The contract; with --changed-since, patterns of contracts."),
    ] = None,
    contract: Annotated[
        str | None, typer.Option("--contract", "-c", metavar="DOMAIN/NAME", help="Which contract it is.")
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option("--changed-since", metavar="REV", help="Judge what this branch changed since REV."),
    ] = None,
    profile: Annotated[
        str, typer.Option("--profile", "-p", metavar="NAME", help=f"One of {', '.join(profiles.names())}.")
    ] = profiles.DEFAULT,
    base: Annotated[
        str | None, typer.Option("--base", "-b", metavar="PLACE", help="What to compare with, or none.")
    ] = None,
    waivers: Annotated[
        list[Path] | None,
        typer.Option("--waivers", metavar="FILE", help="A file of waivers; may be repeated."),
    ] = None,
    approvals: Annotated[
        list[str] | None,
        typer.Option("--approvals", metavar="PLACE", help="A file of approvals, or REV:path; repeatable."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to write it out.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.")
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT=FILE", help="Write this report too; may be repeated."),
    ] = None,
) -> int:
    beside = reports(report or ())
    if changed_since is None and base is None and (waivers or approvals):
        raise CouldNotTell(
            "the registry counts no waivers or approvals from files.", "Say with --base what to compare with."
        )
    today = datetime.now(UTC).date()
    granted = _approvals(approvals or ())
    gate = Gate(profiles.load(profile), today, waivers_in(waivers or ()), granted)
    if changed_since is not None:
        if base is not None or contract is not None:
            raise CouldNotTell(
                "--changed-since finds contracts and their bases itself.", "Leave --base and --contract out."
            )
        run = _changed(changed_since, files or (), gate)
    else:
        run = _single(files or (), contract, base, gate)
    run = Run(run.judged, _notes(run, granted, today), run.against)
    write_out(run, format_, output, beside, single=changed_since is None)
    return {"pass": YES, "fail": NO}.get(run.outcome, COULD_NOT_TELL)


def _changed(revision: str, patterns: Sequence[str], gate: Gate) -> Run:
    commit, top = git.merge_base(revision), git.top_folder()
    judged = tuple(gate.of(one, commit, top) for one in changed(commit, patterns))
    return Run(judged, against=f"`{commit[:12]}`, where this branch left `{revision}`")


def _single(files: Sequence[str], contract: str | None, base: str | None, gate: Gate) -> Run:
    if len(files) != 1:
        raise CouldNotTell(
            "one FILE is judged, or, with --changed-since, what a branch changed.", "`lading gate --help`."
        )
    if contract is None:
        raise CouldNotTell("which contract is it?", "Name it: --contract domain/name.")
    (file,) = files
    if base is None:
        result = _asked(file, contract, gate)
    elif base == LATEST:
        # A registry that is away, or knows no such contract, leaves the contract unchecked.
        candidate = locate.find(file)
        result = gate.attempt(lambda: gate.answer(candidate, _latest(contract)))
    else:
        result = gate.answer(locate.find(file), None if base == FIRST else locate.find(base))
    return Run((Judged(f"{contract}: {file}", result, file),))


def _latest(contract: str) -> locate.Found:
    try:
        return locate.find(f"{locate.REGISTRY}{contract}")
    except CouldNotTell as error:
        advice = "If this is the first version, say --base none."
        raise CouldNotTell(error.message, " ".join(filter(None, (error.advice, advice)))) from None


def _asked(file: str, contract: str, gate: Gate) -> GateResult:
    """The registry's answer."""
    files = Files.of(read_set(Path(file)))
    with Client.open(settings.load()) as client:
        try:
            run = client.check(contract, files, profile=gate.profile.name)
        except Refusal as refusal:
            raise CouldNotTell(f"the registry at {client.where} gave no answer: {refusal}") from None
    return GateResult.from_dict(run["result"])


def _approvals(places: Sequence[str]) -> tuple[Approval, ...]:
    found = {}
    for place in places:
        revision, colon, path = place.partition(":")
        at_revision = colon and path and not Path(place).exists()
        content = git.content(revision, path) if at_revision else read_bytes(Path(place))
        found.update({one.fingerprint: one for one in read_approvals(content, place)})
    return tuple(found.values())


def _notes(run: Run, approvals: tuple[Approval, ...], today: date) -> tuple[str, ...]:
    used = {one.fingerprint for judged in run.judged for one in judged.result.approved}
    return tuple(told(approvals, used, today))
