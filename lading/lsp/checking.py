"""One document, judged: what is found in it and in what it refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from contracts import kinds
from contracts.document import Document
from contracts.errors import ContractError, UnknownSpecification
from contracts.positions import Position, Range
from contracts.references import DocumentSet
from lading.linting.suppressing import suppress
from linters.lint import Finding, Severity, lint
from linters.suppression import read_ignores

from .folder import Folder
from .ruleset import Judge

MOST = 4_000_000
"""Characters. A larger document is judged by the command line, not at every keystroke."""
_SAYS_SO = re.compile(r"""^[ \t{]*["']?(?:openapi|swagger|asyncapi|arazzo)["']?[ \t]*:""", re.MULTILINE)
_LINTED = frozenset({"openapi", "asyncapi", "arazzo"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A state of a document. Of a `broken` one, whose text breaks off, nothing can be mended."""

    text: str
    source: str
    documents: DocumentSet | None
    findings: tuple[Finding, ...]
    judge: Judge
    broken: bool = False

    @property
    def document(self) -> Document | None:
        return self.documents.root if self.documents is not None else None


def check(
    path: Path, text: str, folder: Folder, judge: Judge, before: Checked | None, today: date
) -> Checked | None:
    """What is found in a document; None where it is no contract.

    Of a text that breaks off, what was found `before` in front of that place is still told. `today` decides which
    ignores count.
    """
    source = folder.source(path)
    if len(text) > MOST:
        if not _SAYS_SO.search(text, 0, 10_000):
            return None
        message = (
            f"With more than {MOST:,} characters this is not judged while it is written; `lading lint` does."
        )
        return Checked(text, source, None, (_at_top("too-large", message, source, Severity.INFO),), judge)
    try:
        documents = folder.set_of(path, text)
    except ContractError as error:
        if not _SAYS_SO.search(text):
            return None
        return Checked(text, source, None, (_told(error, source),), judge, broken=True)
    broken = [d for d in documents.root.diagnostics if d.fatal and d.code != "duplicate-key"]
    try:
        kind = kinds.detect(documents.root.value, source).kind
    except UnknownSpecification as error:
        if error.code != "unknown-version" and not (broken and _SAYS_SO.search(text)):
            return None
        if not broken:
            return Checked(text, source, documents, (_told(error, source),), judge)
        kind = "openapi"
    if kind not in _LINTED:
        return None
    if broken:
        return Checked(text, source, documents, _of_broken(documents.root, before), judge, broken=True)
    try:
        findings = lint(documents, judge.ruleset)
    except ContractError as error:
        return Checked(text, source, documents, (_told(error, source),), judge)
    ignores, malformed = read_ignores(documents)
    applied = suppress((*findings, *malformed), ignores, judge.ruleset, documents.documents, today=today)
    shown = tuple(finding for finding in applied.findings if finding.code != "unrecognized-format")
    return Checked(text, source, documents, shown, judge)


def _of_broken(document: Document, before: Checked | None) -> tuple[Finding, ...]:
    """Where it breaks, and what was found earlier on lines in front of that which are still the same."""
    faults = tuple(
        Finding(
            "parser",
            diagnostic.message[:1].upper() + diagnostic.message[1:] + ".",
            diagnostic.path,
            Severity.ERROR,
            diagnostic.range,
            document.source,
        )
        for diagnostic in document.diagnostics
        if diagnostic.fatal
    )
    if before is None or before.document is None:
        return faults
    first = min(fault.range.start.line for fault in faults)
    lines = before.document.lines
    kept = tuple(
        finding
        for finding in before.findings
        if finding.source == document.source
        and finding.code != "parser"
        and finding.range.start.line < first
        and lines.text(finding.range.start.line) == document.lines.text(finding.range.start.line)
    )
    return (*faults, *kept)


def _told(error: ContractError, source: str) -> Finding:
    """An error about the document as a finding."""
    message = f"{error.message} {error.advice}".strip()
    finding = _at_top(error.code, message, source, Severity.ERROR)
    if error.line is None or error.source not in ("", source):
        return finding
    start = Position(error.line - 1, (error.column or 1) - 1)
    return replace(finding, range=Range(start, Position(error.line - 1, start.character + 1)))


def _at_top(code: str, message: str, source: str, severity: Severity) -> Finding:
    return Finding(code, message, (), severity, Range(Position(0, 0), Position(0, 1)), source)
