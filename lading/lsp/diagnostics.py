"""Findings as an editor shows them."""

from __future__ import annotations

from collections import defaultdict

from lsprotocol import types

from contracts.document import Document
from linters.lint import Finding, Severity

from .checking import Checked
from .folder import Folder
from .ranges import place_of, to_range
from .related import Uses

SOURCE = "lading"
MOST = 1_000
"""Diagnostics of one document; who has more of them mends the first ones first."""
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARN: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}
_TAGS = {"deprecated": types.DiagnosticTag.Deprecated, "unused": types.DiagnosticTag.Unnecessary}
"""By a word in the code of a rule: struck through, and dimmed."""


def diagnostics(checked: Checked, folder: Folder) -> dict[str, list[types.Diagnostic]]:
    """What to show, by the URI of the document that it is in; the checked document is always among them."""
    uses = Uses(checked.documents) if checked.documents is not None else None
    found: dict[str, list[types.Diagnostic]] = defaultdict(list)
    found[folder.path(checked.source).as_uri()] = []
    for finding in checked.findings:
        listed = found[folder.path(finding.source or checked.source).as_uri()]
        if len(listed) < MOST:
            listed.append(_diagnostic(finding, checked, folder, uses))
    return dict(found)


def _diagnostic(finding: Finding, checked: Checked, folder: Folder, uses: Uses | None) -> types.Diagnostic:
    help_ = checked.judge.help.get(finding.code)
    url = finding.documentation_url or (help_.url if help_ is not None else "")
    return types.Diagnostic(
        range=range_of(finding, checked),
        message=finding.message or finding.code,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(url) if url.startswith(("http://", "https://")) else None,
        source=SOURCE,
        tags=[tag for word, tag in _TAGS.items() if word in finding.code.split("-")] or None,
        related_information=_related(finding, checked, folder, uses) or None,
    )


def range_of(finding: Finding, checked: Checked) -> types.Range:
    """The key of what a finding is about, or a simple value; of a long text its first line."""
    document = _document(checked, finding.source)
    if document is None or finding.code == "parser" or checked.broken or not finding.path:
        found = to_range(finding.range)
        if found.start.line != found.end.line:
            found.end = types.Position(found.start.line, found.start.character + 1)
        return found
    return place_of(document, finding.path)


def _related(
    finding: Finding, checked: Checked, folder: Folder, uses: Uses | None
) -> list[types.DiagnosticRelatedInformation]:
    if uses is None or checked.documents is None or not finding.path:
        return []
    related = []
    for source, path in uses.of(finding.source, finding.path):
        document = checked.documents.documents[source]
        location = types.Location(folder.path(source).as_uri(), place_of(document, path))
        related.append(types.DiagnosticRelatedInformation(location, "is referred to here"))
    return related


def _document(checked: Checked, source: str) -> Document | None:
    return checked.documents.documents.get(source) if checked.documents is not None else None
