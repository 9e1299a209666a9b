"""What is told about the place under the pointer."""

from __future__ import annotations

from lsprotocol import types

from .checking import Checked
from .diagnostics import range_of
from .folder import Folder
from .navigation import target_at
from .ranges import overlap, whole_of

LINES = 25
"""So much of what a reference names is shown."""


def of_findings(checked: Checked, place: types.Position) -> types.Hover | None:
    """Why the rules exist whose findings are here, with a good and a bad example."""
    parts, found = [], None
    for finding in checked.findings:
        if finding.source != checked.source or not overlap(
            where := range_of(finding, checked), types.Range(place, place)
        ):
            continue
        help_ = checked.judge.help.get(finding.code)
        about = help_.as_markdown() if help_ is not None else ""
        part = f"**{finding.code}**: {finding.message}" + (f"\n\n{about}" if about else "")
        if part not in parts:
            parts.append(part)
        found = found or where
    return _hover("\n\n---\n\n".join(parts), found) if parts else None


def of_reference(checked: Checked, folder: Folder, place: types.Position) -> types.Hover | None:
    """The beginning of what a `$ref` names."""
    target = target_at(checked, place)
    if target is None or checked.documents is None:
        return None
    document = checked.documents.documents[target.source]
    where = whole_of(document, target.path)
    last = min(where.end.line, where.start.line + LINES - 1)
    lines = [document.lines.text(number) for number in range(where.start.line, last + 1)]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    text = "\n".join([*(line[margin:] for line in lines), *(["…"] if last < where.end.line else [])])
    language = "json" if document.is_json else "yaml"
    name = f"{target.source}:{where.start.line + 1}"
    return _hover(f"{name}\n\n```{language}\n{text}\n```", None)


def _hover(text: str, where: types.Range | None) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), where)
