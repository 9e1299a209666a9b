"""Judge contracts by a ruleset: what is wrong, where, why, and what to do.

\b
  lading lint openapi.yaml
  lading lint 'api/**/*.yaml' --fail-severity warn
  lading lint openapi.yaml --ruleset .spectral.yaml
  lading lint openapi.yaml --format sarif --output lint.sarif
  lading lint openapi.yaml --waivers waivers.yaml --show-suppressed
  lading lint 'api/**/*.yaml' --fix --dry-run
  lading lint openapi.yaml --changed-since origin/main
  lading lint 'api/**/*.yaml' --ratchet baseline.json
  cat asyncapi.yaml | lading lint -

A ruleset is a name (lading:recommended, lading:all, or one area, like lading:auth) or a file in Spectral's
language. `lading explain RULE` says why a rule exists and shows a good and a bad example.

--fix mends what can be mended without anyone noticing, --fix-suggested also what may change an agreement, such as
a name on the wire; both touch the named files only, keep comments and layout, and then judge what is left.
--dry-run shows the changes as a diff instead, and ends with 1 if there are any.

A contract may ignore findings by itself, with a reason (`x-lading-ignore`); waivers in a file say who granted them.
A ratchet lets pass what was there before, and ends with 1 where a rule is found more often than its baseline says.

Ends with 0 if nothing is as severe as --fail-severity, with 1 if something is, and with 2 if a file could not
be judged at all; the other files are judged all the same.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from contracts.errors import ContractError
from contracts.references import DocumentSet
from lading import __version__, settings
from lading.linting.judging import Judged, judge
from lading.linting.mending import mend_files
from lading.linting.ratcheting import Held, hold
from lading.linting.rules import find_ruleset
from lading.linting.scoring import Scoring
from lading.linting.selection import expand, with_progress
from lading.linting.since import Since
from lading.linting.suppressing import suppress, suppression_note, waivers_in
from lading.linting.trust import FUNCTIONS_OPTION, URLS_OPTION, Trust
from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell
from lading.output import in_colour, line_width, write
from linters.fixes import Level
from linters.lint import Finding, Ruleset, Severity
from linters.reports import LintReport, available, help_of, named, render
from linters.suppression import Waiver, read_ignores
from policies import rulesets

PER_RULE = 10
"""How many findings of one rule and file are written out for people, unless all are asked for."""


class FailSeverity(StrEnum):
    """What makes the command end with 1."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"
    HINT = "hint"
    NEVER = "never"


class IgnoresCount(StrEnum):
    """Which findings `x-lading-ignore` in a contract takes out."""

    ALLOWED = "allowed"
    ERRORS_EXCEPTED = "errors-excepted"
    NONE = "none"


def command(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Contracts, patterns (quote them), or - for stdin.")
    ],
    ruleset: Annotated[
        str, typer.Option("--ruleset", "-r", metavar="FILE|NAME", help="What to judge by.")
    ] = rulesets.DEFAULT,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(available())}.")
    ] = "text",
    fail_severity: Annotated[
        FailSeverity, typer.Option("--fail-severity", "-F", help="The mildest finding that fails.")
    ] = FailSeverity.ERROR,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report there.")
    ] = None,
    waivers: Annotated[
        list[Path] | None,
        typer.Option("--waivers", metavar="FILE", help="A file of waivers; may be repeated."),
    ] = None,
    ignores: Annotated[
        IgnoresCount, typer.Option("--ignores", help="Which findings a contract may ignore by itself.")
    ] = IgnoresCount.ALLOWED,
    show_suppressed: Annotated[
        bool, typer.Option("--show-suppressed", help="List the findings that are ignored or waived, and why.")
    ] = False,
    ratchet: Annotated[
        Path | None,
        typer.Option(
            "--ratchet", metavar="FILE", help="Hold contracts to a baseline: no rule found more often."
        ),
    ] = None,
    update_ratchet: Annotated[
        bool, typer.Option("--update-ratchet", help="Write the baseline, or lower it; it is never raised.")
    ] = False,
    changed_since: Annotated[
        str | None,
        typer.Option("--changed-since", metavar="REV", help="Only what changed since a revision of git."),
    ] = None,
    with_score: Annotated[
        bool, typer.Option("--score", help="Add a score, from 0 to 100, for each area and in all.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help=f"Write out every finding; otherwise {PER_RULE} of a rule and file.")
    ] = False,
    excerpts: Annotated[
        bool | None,
        typer.Option("--excerpts/--no-excerpts", help="Show the lines in question; unsaid, if they are few."),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can safely be mended, in place.")] = False,
    fix_suggested: Annotated[
        bool, typer.Option("--fix-suggested", help="Mend also what may change what is agreed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what --fix would change.")] = False,
    functions: Annotated[
        list[Path] | None,
        typer.Option(FUNCTIONS_OPTION, metavar="DIR", help="Run the functions in Python that lie there."),
    ] = None,
    urls: Annotated[
        list[str] | None,
        typer.Option(URLS_OPTION, metavar="URL", help="Read rulesets at this address and below it."),
    ] = None,
) -> int:
    format_ = named(format_)
    rules = find_ruleset(ruleset, Trust.of(settings.load(), functions or (), urls or ()))
    granted = waivers_in(waivers or ())
    if update_ratchet and ratchet is None:
        raise CouldNotTell("--update-ratchet needs --ratchet FILE.", "Name the file of the baseline.")
    unread: list[ContractError] = []
    names = list(expand(files, unread))
    if fix or fix_suggested or dry_run:
        counting = partial(_counting, granted, rules, ignores)
        levels = [Level.SAFE, Level.SUGGESTED] if fix_suggested else [Level.SAFE]
        mending = mend_files(names, rules, levels, counting)
        for line in mending.told(dry=dry_run):
            print(f"lading: {line}", file=sys.stderr)
        if dry_run:
            write(mending.diff(), output)
            return NO if mending.files else YES
        mending.write()
    since = None if changed_since is None else Since(changed_since, rules)
    scoring = Scoring(rules) if with_score else None
    watching = tuple(one for one in (since, scoring) if one is not None)
    judged = _judged(names, rules, watching, unread)
    findings = tuple(dict.fromkeys(finding for file in judged for finding in file.findings))
    entries = (*granted, *dict.fromkeys(entry for file in judged for entry in file.ignores))
    texts = {source: lines for file in judged for source, lines in file.texts.items()}
    applied = suppress(findings, entries, rules, texts, today=_today(), ignores=ignores.value)
    held = Held(applied.findings)
    if ratchet is not None and not (unread and update_ratchet):
        held = hold(ratchet, applied.findings, texts, ruleset, update=update_ratchet)
    kept = tuple(one for one in held.findings if since is None or since.is_touched(one))
    suppressed = (*applied.suppressed, *held.suppressed)
    points = None if scoring is None else scoring.score(findings)
    notes = [*map(suppression_note, suppressed if show_suppressed else ()), *held.notes]
    if since is not None:
        notes += since.told(len(held.findings) - len(kept))
    notes += [] if points is None else [points.told]
    text_to_terminal = output is None and format_ == "text"
    report = LintReport(
        findings=kept,
        suppressed=suppressed,
        fixes={finding: one for file in judged for finding, one in file.fixes.items()},
        notes=tuple(notes),
        score=points,
        worse=frozenset(finding for _, one in held.exceeded for finding in one.new),
        files=tuple(file.source for file in judged),
        ruleset=ruleset,
        unread=tuple(unread),
        fail_severity=None if fail_severity is FailSeverity.NEVER else Severity.named(fail_severity.value),
        help=help_of(rules),
        texts=texts,
        related={finding: place for file in reversed(judged) for finding, place in file.related.items()},
        version=__version__,
        colour=text_to_terminal and in_colour(),
        width=line_width(),
        per_rule=None if everything else PER_RULE,
        excerpts=excerpts,
    )
    write(render(format_, report), output)
    if not text_to_terminal:
        for reason in unread:
            print(f"lading: not judged: {reason}", file=sys.stderr)
        for note in held.notes:
            print(f"lading: {note}", file=sys.stderr)
    if unread:
        return COULD_NOT_TELL
    worse = bool(held.exceeded) and fail_severity is not FailSeverity.NEVER
    return NO if report.failures or worse else YES


def _judged(
    names: list[str], rules: Ruleset, watching: tuple[Since | Scoring, ...], unread: list[ContractError]
) -> list[Judged]:
    """What could be judged; why the rest could not goes to `unread`."""

    def show(documents: DocumentSet, found: tuple[Finding, ...]) -> None:
        for one in watching:
            one.see(documents, found)

    judged: list[Judged] = []
    for name in with_progress(names):
        try:
            judged.append(judge(name, rules, show=show))
        except ContractError as error:
            unread.append(error if error.source else replace(error, source=name))
        except CouldNotTell as error:
            message = error.message.removeprefix(name).lstrip(": ")
            unread.append(ContractError("unreadable", message, name, advice=error.advice))
    return judged


def _counting(
    granted: Sequence[Waiver],
    rules: Ruleset,
    ignores: IgnoresCount,
    documents: DocumentSet,
    found: Sequence[Finding],
) -> tuple[Finding, ...]:
    """The findings that nobody has answered for, and that are therefore mended."""
    entries = (*granted, *read_ignores(documents)[0])
    applied = suppress(found, entries, rules, documents.documents, today=_today(), ignores=ignores.value)
    return applied.findings


def _today() -> date:
    return datetime.now(UTC).date()
