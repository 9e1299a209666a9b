"""Judge contracts by a ruleset: what is wrong, where, why, and what to do.

\b
  lading lint openapi.yaml
  lading lint 'api/**/*.yaml' --fail-severity warn
  lading lint openapi.yaml --ruleset .spectral.yaml
  lading lint openapi.yaml --format sarif --output lint.sarif
  cat asyncapi.yaml | lading lint -

A ruleset is a name (lading:recommended, lading:all, or one area, like lading:auth) or a file in Spectral's
language. `lading explain RULE` says why a rule exists and shows a good and a bad example.

Ends with 0 if nothing is as severe as --fail-severity, with 1 if something is, and with 2 if a file could not
be judged at all; the other files are judged all the same.
"""

from __future__ import annotations

import glob
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from contracts import kinds
from contracts.errors import ContractError, UnknownSpecification, Unreadable
from contracts.positions import Lines
from contracts.references import DocumentSet
from lading import __version__
from lading.files import STDIN, below, read_bytes, read_set
from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell
from linters.lint import Finding, Ruleset, Severity, lint, load_ruleset
from linters.reports import LintReport, available, help_of, render
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


@dataclass(frozen=True, slots=True)
class Judged:
    """One file's findings, and the lines of every document that they are in."""

    source: str
    findings: tuple[Finding, ...]
    texts: dict[str, Lines]


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
    everything: Annotated[
        bool, typer.Option("--all", help=f"Write out every finding; otherwise {PER_RULE} of a rule and file.")
    ] = False,
) -> int:
    if format_ not in available():
        raise CouldNotTell(f"there is no format {format_!r}.", f"There are {', '.join(available())}.")
    rules = find_ruleset(ruleset)
    judged: list[Judged] = []
    unread: list[ContractError] = []
    for name in _with_progress(list(_expand(files, unread))):
        try:
            judged.append(_judge(name, rules))
        except ContractError as error:
            unread.append(error if error.source else replace(error, source=name))
        except CouldNotTell as error:
            message = error.message.removeprefix(name).lstrip(": ")
            unread.append(ContractError("unreadable", message, name, advice=error.advice))
    text_to_terminal = output is None and format_ == "text"
    report = LintReport(
        findings=tuple(dict.fromkeys(finding for file in judged for finding in file.findings)),
        files=tuple(file.source for file in judged),
        ruleset=ruleset,
        unread=tuple(unread),
        fail_severity=None if fail_severity is FailSeverity.NEVER else Severity.named(fail_severity.value),
        help=help_of(rules),
        texts={source: lines for file in judged for source, lines in file.texts.items()},
        version=__version__,
        colour=text_to_terminal and sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        width=max(60, min(120, shutil.get_terminal_size((100, 24)).columns)),
        per_rule=None if everything else PER_RULE,
    )
    _write(render(format_, report), output)
    if not text_to_terminal:
        for reason in unread:
            print(f"lading: not judged: {reason}", file=sys.stderr)
    return COULD_NOT_TELL if unread else NO if report.failures else YES


def find_ruleset(wanted: str) -> Ruleset:
    """The ruleset of a name or in a file, which may extend both. Raises `ContractError` or `CouldNotTell`."""
    if wanted in rulesets.names():
        return rulesets.load(wanted)
    path = Path(wanted)
    if not path.exists():
        if path.suffix or os.sep in wanted:
            raise CouldNotTell(f"there is no ruleset {wanted}.", f"Name a file, or one of {_known()}.")
        return rulesets.load(wanted)  # says which name was meant
    return load_ruleset(
        read_bytes(path), source=path.as_posix(), read=_reader(path), named=rulesets.definition
    )


def _reader(path: Path) -> Callable[[str, str], bytes]:
    """Reads what a ruleset extends: below the working folder, or below its own where it lies elsewhere."""
    here, folder = Path.cwd(), Path(os.path.abspath(path)).parent
    retrieve = below(here if folder.is_relative_to(here) else folder, here)

    def read(name: str, named_by: str) -> bytes:
        return retrieve(name if "://" in name else os.path.join(os.path.dirname(named_by), name))

    return read


def _known() -> str:
    return ", ".join(rulesets.names())


def _expand(given: Iterable[str], unread: list[ContractError]) -> Iterator[str]:
    """The files that are meant, each once; a pattern that matches nothing is not judged either."""
    seen: set[str] = set()
    for pattern in given:
        is_pattern = pattern != STDIN and glob.has_magic(pattern) and not Path(pattern).exists()
        matches = (
            sorted(filter(os.path.isfile, glob.glob(pattern, recursive=True))) if is_pattern else [pattern]
        )
        if not matches:
            unread.append(
                ContractError("no-match", f"No file matches {pattern!r}.", advice="Mend the pattern.")
            )
        for name in matches:
            if name not in seen:
                seen.add(name)
                yield name


def _judge(name: str, ruleset: Ruleset) -> Judged:
    """Raises `ContractError` or `CouldNotTell` where the file cannot be judged."""
    documents = read_set(Path(name), tolerant=True)
    _refuse_broken(documents)
    findings = lint(documents, ruleset)
    _refuse_unjudged(documents, ruleset, findings)
    lines = {source: document.lines for source, document in documents.documents.items()}
    return Judged(documents.root.source, findings, lines)


def _refuse_unjudged(documents: DocumentSet, ruleset: Ruleset, findings: Iterable[Finding]) -> None:
    """A document that no rule of the ruleset is about was not judged, however little was found in it."""
    if not any(finding.code == "unrecognized-format" for finding in findings):
        return
    if all(rule.formats for rule in ruleset.rules.values() if rule.enabled):
        kinds.specification_of(documents.root)  # says it best where it is no known document at all
        raise UnknownSpecification(
            "nothing-applies",
            "No rule of the ruleset is about documents of this format.",
            documents.root.source,
            advice="Choose a ruleset for it.",
        )


def _refuse_broken(documents: DocumentSet) -> None:
    """A file whose text breaks off was not read to its end, so nothing can be said about it."""
    for source, document in documents.documents.items():
        for diagnostic in document.diagnostics:
            if diagnostic.fatal and diagnostic.code != "duplicate-key":
                start = diagnostic.range.start
                message = diagnostic.message[:1].upper() + diagnostic.message[1:].rstrip(".") + "."
                raise Unreadable(
                    diagnostic.code,
                    message,
                    source,
                    start.line + 1,
                    start.character + 1,
                    advice="Mend the text at this place and try again.",
                )


def _with_progress(names: list[str]) -> Iterator[str]:
    """Says on standard error which file it is at, where that is a terminal and there is more than one."""
    loud = len(names) > 1 and sys.stderr.isatty()
    for number, name in enumerate(names, 1):
        if loud:
            print(f"\r\x1b[Kjudging {number} of {len(names)}: {name}", end="", file=sys.stderr, flush=True)
        yield name
    if loud:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise CouldNotTell(f"{output} cannot be written: {error.strerror}.") from None
