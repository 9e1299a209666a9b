"""`x-lading-ignore`, written by the editor: the rule and a day until when; the reason is the person's to write."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from contracts.pointers import Path, descend
from contracts.references import DocumentSet
from linters.fixes import CannotFix, Fix, Level
from linters.fixes.changes import Add
from linters.fixes.fix import carried_out, typeset
from linters.fixes.page import Page
from linters.lint import Finding
from linters.suppression.inline import KEY

DAYS = 90
"""An ignore that nobody looks at again ends by then; whoever means it for longer says so."""
_NAMES = frozenset(
    [
        "properties",
        "patternProperties",
        "definitions",
        "$defs",
        "dependentSchemas",
        "schemas",
        "parameters",
        "responses",
        "headers",
        "requestBodies",
        "securitySchemes",
        "securityDefinitions",
        "links",
        "callbacks",
        "pathItems",
        "messages",
        "channels",
        "operations",
        "servers",
        "examples",
        "variables",
        "mapping",
        "scopes",
        "content",
        "encoding",
        "security",
        "required",
    ]
)
"""Keys of mappings whose members are names that people chose: an extension in them would be one more name."""


def ignore(documents: DocumentSet, finding: Finding, today: date) -> Fix | None:
    """The edit that ignores a finding where it is; None where the document has no room for it, or ignores already."""
    document = documents.documents.get(finding.source)
    if document is None or finding.code == "parser":
        return None
    path = _holder(document.value, finding.path)
    if path is None:
        return None
    until = (today + timedelta(days=DAYS)).isoformat()
    entry: list[dict[str, Any]] = [{"rule": finding.code, "reason": "", "until": until}]
    change = (finding.source, Add(path, KEY, entry))
    try:
        edits = typeset([change], {finding.source: Page(document)})
        fix = Fix(f"Ignore {finding.code} here, with a reason", Level.DRAFT, finding, (change,), edits)
        carried_out(documents, [fix])
    except CannotFix:
        return None
    return fix


def _holder(value: Any, path: Path) -> Path | None:
    """The innermost mapping around the finding that may have extensions, unless it ignores something already."""
    for depth in range(len(path), -1, -1):
        try:
            node, _ = descend(value, path[:depth])
        except KeyError:
            continue
        is_named = depth > 0 and path[depth - 1] in _NAMES and not (depth > 1 and path[depth - 2] in _NAMES)
        if isinstance(node, dict) and not is_named and "$ref" not in node:
            return None if KEY in node else path[:depth]
    return None
