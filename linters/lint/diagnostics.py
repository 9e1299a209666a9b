"""Findings that no rule makes: broken text, broken references, and a document of no known format."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.document import Document
from contracts.errors import UnresolvableReference
from contracts.references import DocumentSet

from .findings import Finding
from .resolution import Resolution, closest
from .rulesets import Ruleset
from .severity import Severity

_OPTIONS = {"duplicate-key": "duplicateKeys", "non-string-key": "incompatibleValues"}
_WARNINGS = frozenset({"tab", "unknown-tag"})


def of_text(documents: DocumentSet, ruleset: Ruleset) -> Iterator[Finding]:
    """`parser`: what was noticed while the files were read."""
    for document in documents.documents.values():
        for diagnostic in document.diagnostics:
            severity: Severity | None = Severity.WARN if diagnostic.code in _WARNINGS else Severity.ERROR
            option = _OPTIONS.get(diagnostic.code)
            if option is not None:
                severity = ruleset.parser_options.get(option, Severity.ERROR)
            if severity is None:
                continue
            message = diagnostic.message[:1].upper() + diagnostic.message[1:] + "."
            yield Finding("parser", message, diagnostic.path, severity, diagnostic.range, document.source)


def of_references(documents: DocumentSet, resolution: Resolution) -> Iterator[Finding]:
    """`invalid-ref`: references that lead nowhere; the same one is told once in a document."""
    told: set[tuple[str, str]] = set()
    for broken in resolution.broken:
        if (broken.source, broken.reference) in told:
            continue
        told.add((broken.source, broken.reference))
        document = documents.documents[broken.source]
        path, _ = closest(document.value, (*broken.path, "$ref"))
        yield Finding(
            "invalid-ref", _advised(broken.error), path, Severity.ERROR, document.range(path), document.source
        )


def _advised(error: UnresolvableReference) -> str:
    return f"{error.message} {error.advice}".strip()


def of_format(document: Document, ruleset: Ruleset) -> Finding:
    """`unrecognized-format`: the document is none of those that the ruleset is for."""
    known = ", ".join(sorted(ruleset.formats))
    message = f"The document has none of the formats that the ruleset is for: {known}."
    return Finding("unrecognized-format", message, (), Severity.WARN, document.range(()), document.source)
