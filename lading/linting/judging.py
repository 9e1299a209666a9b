"""One file, judged: what was found in it, or why it cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts import kinds
from contracts.errors import UnknownSpecification, Unreadable
from contracts.positions import Lines
from contracts.references import DocumentSet
from lading.files import read_set
from linters.lint import Finding, Ruleset, lint
from linters.lint.findings import in_order
from linters.reports import Fix, Related, references_to
from linters.suppression import Ignore, read_ignores

_UNKNOWN_FORMAT = "unrecognized-format"


@dataclass(frozen=True, slots=True)
class Judged:
    """One file's findings with what belongs to them, what it asks to be ignored, and the lines of every document."""

    source: str
    findings: tuple[Finding, ...]
    ignores: tuple[Ignore, ...]
    texts: dict[str, Lines]
    fixes: Mapping[Finding, Fix]
    related: Mapping[Finding, Related]


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: where standard input lies, and whether a format that no rule names is worth a word."""

    stdin_as: Path | None = None
    ignore_unknown_format: bool = False


_PLAIN = Reading()


def judge(
    name: str,
    ruleset: Ruleset,
    *,
    show: Callable[[DocumentSet, tuple[Finding, ...]], None] | None = None,
    reading: Reading = _PLAIN,
) -> Judged:
    """Judges a file, and `show`s what was read and found to whoever wants to see more of it than is kept.

    Raises `ContractError` or `CouldNotTell` where the file cannot be judged.
    """
    documents = read_set(Path(name), tolerant=True, stdin_as=reading.stdin_as)
    _refuse_broken(documents)
    findings = lint(documents, ruleset)
    _refuse_unjudged(documents, ruleset, findings)
    if reading.ignore_unknown_format:
        findings = tuple(finding for finding in findings if finding.code != _UNKNOWN_FORMAT)
    if show is not None:
        show(documents, findings)
    ignores, malformed = read_ignores(documents)
    return Judged(
        source=documents.root.source,
        findings=in_order((*findings, *malformed)),
        ignores=ignores,
        texts={source: document.lines for source, document in documents.documents.items()},
        fixes=_fixes(documents, ruleset, findings),
        related=references_to(findings, documents.root),
    )


def _fixes(documents: DocumentSet, ruleset: Ruleset, findings: Sequence[Finding]) -> Mapping[Finding, Fix]:
    mended = {"parser", *(rule.name for rule in ruleset.running if "fix" in rule.documentation)}
    if mended.isdisjoint(finding.code for finding in findings):
        return {}
    from .mending import fixes_for_report  # what mends takes long to import

    return fixes_for_report(documents, ruleset, findings)


def _refuse_unjudged(documents: DocumentSet, ruleset: Ruleset, findings: Iterable[Finding]) -> None:
    """A document that no rule of the ruleset is about was not judged, however little was found in it."""
    if not any(finding.code == _UNKNOWN_FORMAT for finding in findings):
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
