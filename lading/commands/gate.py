"""May these contracts be published? What continuous integration asks before a merge.

\b
  lading gate --changed-since origin/main
  lading gate --changed-since origin/main 'api/**/*.yaml' --report markdown=gate.md --report sarif=gate.sarif
  lading gate orders.yaml --contract erp/orders
  lading gate orders.yaml --contract erp/orders --base registry
  lading gate orders.yaml --contract erp/orders --base origin/main...:api/orders.yaml --format markdown
  lading gate orders.yaml --contract erp/orders --base orders-1.2.yaml --base orders-1.1.yaml --base orders-1.0.yaml
  lading gate orders.yaml --contract erp/orders --history git --profile transitive
  lading gate orders.yaml --contract erp/orders --profile strict --format sarif

With --changed-since every contract is judged that this branch changed since it left REV, also by a file that the
contract refers to. One that was moved is compared with what it was; a new one is a first version; one that was
deleted is refused unless its end was announced and has come.

Otherwise FILE is one contract. With --base the answer is worked out here, against a file, a git revision (REV:path;
REV...:path is where this branch left REV), a version of the registry (registry:domain/name@version), or its latest
(--base registry); `--base none` says that this is the first version. Every further --base is a version
before that, which must not break either; --history takes all of them from a folder or from git. Without --base the
registry is asked, which knows the latest published version and who calls it.

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

from lading import git, locate, profile_files, settings
from lading.client import Client, Files, Refusal
from lading.files import read_bytes, read_set
from lading.gating import history as histories
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
        str,
        typer.Option(
            "--profile",
            "-p",
            metavar="NAME|FILE",
            help=f"One of {', '.join(profiles.names())}, or a YAML file of your own.",
        ),
    ] = profiles.DEFAULT,
    bases: Annotated[
        list[str] | None,
        typer.Option(
            "--base", "-b", metavar="PLACE", help="What to compare with, or none; earlier versions after it."
        ),
    ] = None,
    history: Annotated[
        str | None,
        typer.Option("--history", metavar="DIR|git", help="A folder of all versions, or git's of the FILE."),
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
    if changed_since is None and not bases and history is None and (waivers or approvals):
        raise CouldNotTell(
            "the registry counts no waivers or approvals from files.", "Say with --base what to compare with."
        )
    today = datetime.now(UTC).date()
    granted = _approvals(approvals or ())
    gate = Gate(profile_files.profile(profile), today, waivers_in(waivers or ()), granted)
    if changed_since is not None:
        if bases or history is not None or contract is not None:
            raise CouldNotTell(
                "--changed-since finds contracts and their bases itself.",
                "Leave --base, --history and --contract out.",
            )
        run = _changed(changed_since, files or (), gate)
    else:
        run = _single(files or (), contract, bases or (), history, gate)
    run = Run(run.judged, _notes(run, granted, today), run.against)
    write_out(run, format_, output, beside, single=changed_since is None)
    return {"pass": YES, "fail": NO}.get(run.outcome, COULD_NOT_TELL)


def _changed(revision: str, patterns: Sequence[str], gate: Gate) -> Run:
    commit, top = git.merge_base(revision), git.top_folder()
    judged = tuple(gate.of(one, commit, top) for one in changed(commit, patterns))
    return Run(judged, against=f"`{commit[:12]}`, where this branch left `{revision}`")


def _single(
    files: Sequence[str], contract: str | None, bases: Sequence[str], history: str | None, gate: Gate
) -> Run:
    if len(files) != 1:
        raise CouldNotTell(
            "one FILE is judged, or, with --changed-since, what a branch changed.", "`lading gate --help`."
        )
    if contract is None:
        raise CouldNotTell("which contract is it?", "Name it: --contract domain/name.")
    (file,) = files
    if history is not None:
        result = _followed(file, bases, history, gate)
    elif not bases:
        result = _asked(file, contract, gate)
    elif FIRST in bases:
        if len(bases) > 1:
            raise CouldNotTell("a first version has nothing before it.", "Say --base none and no other.")
        result = gate.answer(locate.find(file), None)
    else:
        result = _against(file, contract, bases, gate)
    return Run((Judged(f"{contract}: {file}", result, file),))


def _against(file: str, contract: str, bases: Sequence[str], gate: Gate) -> GateResult:
    """Of a file against the first base, and against the others as versions before that."""
    first, *others = bases
    candidate = locate.find(file)
    earlier = histories.earlier(map(locate.find, others)) if others else None
    if first == LATEST:
        # A registry that is away, or knows no such contract, leaves the contract unchecked.
        return gate.attempt(lambda: gate.answer(candidate, _latest(contract, candidate), earlier))
    return gate.answer(candidate, locate.find(first, like=candidate), earlier)


def _followed(file: str, bases: Sequence[str], place: str, gate: Gate) -> GateResult:
    """Of a file against its history; a base that is named takes the place of the newest version in it."""
    candidate = locate.find(file)
    found = histories.of(place, file, candidate)
    if not bases:
        return gate.answer(candidate, found.base, found.earlier)
    if len(bases) > 1:
        raise CouldNotTell("--history has the earlier versions.", "Name one --base with it, or none.")
    base = locate.find(bases[0], like=candidate)
    known = (*(histories.earlier([found.base]) if found.base is not None else ()), *found.earlier)
    own = {str(base.api.version), str(candidate.api.version)}
    return gate.answer(candidate, base, tuple(one for one in known if one.version not in own))


def _latest(contract: str, candidate: locate.Found) -> locate.Found:
    try:
        return locate.find(f"{locate.REGISTRY}{contract}", like=candidate)
    except CouldNotTell as error:
        advice = "If this is the first version, say --base none."
        raise CouldNotTell(error.message, " ".join(filter(None, (error.advice, advice)))) from None


def _asked(file: str, contract: str, gate: Gate) -> GateResult:
    """The registry's answer."""
    if not profile_files.is_ours(gate.profile.name):
        raise CouldNotTell(
            "the registry knows no profile that lies in a file here.", "Say with --base what to compare with."
        )
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
