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
  lading lint openapi.yaml --watch
  cat asyncapi.yaml | lading lint -

A ruleset is a name (lading:recommended, lading:all, or one area, like lading:auth) or a file in Spectral's
language. `lading explain RULE` says why a rule exists and shows a good and a bad example.

--fix mends what can be mended without anyone noticing, --fix-suggested also what may change an agreement, such as
a name on the wire; both touch the named files only, keep comments and layout, and then judge what is left.
--dry-run shows the changes as a diff instead, and ends with 1 if there are any.

Ends with 0 if nothing is as severe as --fail-severity, with 1 if something is, and with 2 if a file could not
be judged at all; the other files are judged all the same.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lading import settings
from lading.files import STDIN
from lading.garbage import collected_rarely
from lading.linting.judging import Reading
from lading.linting.running import Run
from lading.linting.trust import FUNCTIONS_OPTION, URLS_OPTION, Trust
from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell
from lading.output import in_colour, line_width, write
from linters.lint import Severity
from linters.reports import named, names, render
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
        str, typer.Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(names())}.")
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
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Judge again whenever a file is saved.")
    ] = False,
    functions: Annotated[
        list[Path] | None,
        typer.Option(FUNCTIONS_OPTION, metavar="DIR", help="Run the functions in Python that lie there."),
    ] = None,
    urls: Annotated[
        list[str] | None,
        typer.Option(URLS_OPTION, metavar="URL", help="Read rulesets at this address and below it."),
    ] = None,
    stdin_filepath: Annotated[
        Path | None,
        typer.Option("--stdin-filepath", metavar="FILE", help="What standard input is the content of."),
    ] = None,
    ignore_unknown_format: Annotated[
        bool, typer.Option(help="Say nothing of a format that the ruleset does not name.")
    ] = False,
) -> int:
    format_ = named(format_)
    if update_ratchet and ratchet is None:
        raise CouldNotTell("--update-ratchet needs --ratchet FILE.", "Name the file of the baseline.")
    text_to_terminal = output is None and format_ == "text"
    run = Run(
        files=tuple(files),
        ruleset=ruleset,
        trust=Trust.of(settings.load(), functions or (), urls or ()),
        reading=Reading(stdin_filepath, ignore_unknown_format),
        waivers=tuple(waivers or ()),
        ignores=ignores.value,
        fail_severity=None if fail_severity is FailSeverity.NEVER else Severity.named(fail_severity.value),
        show_suppressed=show_suppressed,
        ratchet=ratchet,
        update_ratchet=update_ratchet,
        changed_since=changed_since,
        with_score=with_score,
        per_rule=None if everything else PER_RULE,
        excerpts=excerpts,
        colour=text_to_terminal and in_colour(),
        width=line_width(),
    )
    mends = fix or fix_suggested or dry_run
    if watch:
        if not text_to_terminal or mends or update_ratchet or STDIN in files:
            raise CouldNotTell("--watch shows files in the terminal.", "Leave the other options out.")
        from lading.linting import watching  # here and below: most runs neither watch nor mend

        return watching.watch(run)
    if mends:
        from linters.fixes import Level

        mending = run.mending([Level.SAFE, Level.SUGGESTED] if fix_suggested else [Level.SAFE])
        for line in mending.told(dry=dry_run):
            print(f"lading: {line}", file=sys.stderr)
        if dry_run:
            write(mending.diff(), output)
            return NO if mending.files else YES
        mending.write()
    with collected_rarely():
        outcome = run.outcome()
    report = outcome.report
    write(render(format_, report), output)
    if not text_to_terminal:
        for reason in report.unread:
            print(f"lading: not judged: {reason}", file=sys.stderr)
        for note in outcome.told:
            print(f"lading: {note}", file=sys.stderr)
    if report.unread:
        return COULD_NOT_TELL
    worse = outcome.is_worse and fail_severity is not FailSeverity.NEVER
    return NO if report.failures or worse else YES
