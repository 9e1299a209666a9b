"""Fixes and new contents as the protocol's edits."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from lsprotocol import types

from contracts.positions import Lines
from contracts.references import DocumentSet
from linters.fixes import Fix

from .folder import Folder
from .ranges import between

_LINES = 20_000
"""In larger texts one edit replaces all that lies between the first and the last change."""


def of_fix(fix: Fix, documents: DocumentSet, folder: Folder) -> types.WorkspaceEdit:
    """The edits of a fix, in every document that it changes."""
    return types.WorkspaceEdit(
        changes={
            folder.path(source).as_uri(): [
                types.TextEdit(between(documents.documents[source].lines, edit.start, edit.end), edit.text)
                for edit in edits
            ]
            for source, edits in fix.edits.items()
        }
    )


def of_contents(contents: Mapping[str, bytes], documents: DocumentSet, folder: Folder) -> types.WorkspaceEdit:
    """The edits that turn documents into their new contents."""
    return types.WorkspaceEdit(
        changes={
            folder.path(source).as_uri(): differences(
                documents.documents[source].text, content.decode("utf-8-sig")
            )
            for source, content in contents.items()
        }
    )


def differences(before: str, after: str) -> list[types.TextEdit]:
    """Edits of whole lines that turn one text into another."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    lines = Lines(before)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    return [
        types.TextEdit(between(lines, starts[a], starts[b]), "".join(new[c:d]))
        for a, b, c, d in _opcodes(old, new)
    ]


def _opcodes(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    if max(len(old), len(new)) <= _LINES:
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        return [codes for tag, *codes in matcher.get_opcodes() if tag != "equal"]  # type: ignore[misc]
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [(head, len(old) - tail, head, len(new) - tail)]
