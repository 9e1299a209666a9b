"""What an editor offers to do about findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from lading.lsp import actions as module
from lading.lsp.actions import FIX_ALL, actions, resolved

from .building import TODAY, checked

TEXT = """\
openapi: 3.1.1
info: {title: Orders, version: 1.0.0}
paths: {}
components:
  schemas:
    Order: {properties: {due_date: {type: string}, dispatchedAt: {type: string}}}
"""
LINE = types.Range(types.Position(5, 0), types.Position(5, 200))


def offered(root: Path, text: str, only: list[str] | None = None) -> list[types.CodeAction]:
    found, folder = checked(root, text)
    return list(actions(found, folder, LINE, only, TODAY))


def test_fixes_all_of_a_kind_and_ignoring(tmp_path: Path) -> None:
    titles = [action.title for action in offered(tmp_path, TEXT)]
    assert titles == [
        "Say that it is a day, date",
        "Say that it is a moment, date-time",
        "Write it in camelCase",
        "Say that it is a moment, date-time",
        "Mend everything that date-format finds",
        "Ignore date-format here, with a reason",
        "Ignore naming-property-camel here, with a reason",
        "Ignore date-format here, with a reason",
    ]
    assert all(action.kind == types.CodeActionKind.QuickFix for action in offered(tmp_path, TEXT))


def test_only_the_kinds_that_are_asked_for(tmp_path: Path) -> None:
    for wanted in ("source", "source.fixAll", FIX_ALL):
        assert [action.kind for action in offered(tmp_path, TEXT, [wanted])] == [FIX_ALL]
    assert offered(tmp_path, TEXT, ["refactor"]) == []


def test_all_of_a_kind_are_mended_together(tmp_path: Path) -> None:
    found, folder = checked(tmp_path, TEXT)
    changes = resolved(found, folder, "date-format").changes
    assert changes is not None
    [[edit]] = changes.values()
    assert edit.new_text == TEXT.splitlines(keepends=True)[5].replace(
        "due_date: {type: string}", "due_date: {type: string, format: date}"
    ).replace("dispatchedAt: {type: string}", "dispatchedAt: {type: string, format: date-time}")
    assert not resolved(found, folder, "").changes, "none of them is safe"


def test_of_broken_or_large_text_less_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert offered(tmp_path, TEXT + "x: [\n") == []
    monkeypatch.setattr(module, "MOST", 10)
    assert offered(tmp_path, TEXT, [FIX_ALL]) == []
    assert "Mend everything that date-format finds" not in [a.title for a in offered(tmp_path, TEXT)]
