"""Fixes and new contents as the protocol's edits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from lading.lsp import edits as module
from lading.lsp.edits import differences, of_contents, of_fix
from linters.fixes import fixes_of

from .building import checked
from .test_server import edited

LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=6).map("\n".join)


def as_written(edits: list[types.TextEdit]) -> list[dict[str, object]]:
    return [
        {
            "range": {
                "start": {"line": edit.range.start.line, "character": edit.range.start.character},
                "end": {"line": edit.range.end.line, "character": edit.range.end.character},
            },
            "newText": edit.new_text,
        }
        for edit in edits
    ]


@given(LINES, LINES, st.booleans())
def test_the_differences_make_one_text_of_the_other(before: str, after: str, large: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if large:
            patch.setattr(module, "_LINES", 0)
        assert edited(before, as_written(differences(before, after))) == after


def test_a_fix_is_told_in_every_document_that_it_changes(tmp_path: Path) -> None:
    text = """\
openapi: 3.1.1
info: {title: O, version: 1.0.0}
paths: {}
components: {schemas: {order: {}, Line: {$ref: 'b.yaml#/x'}}}
"""
    found, folder = checked(
        tmp_path, text, "naming-schema-pascal", b="x: {$ref: 'a.yaml#/components/schemas/order'}\n"
    )
    assert found.documents is not None
    [[fix]] = fixes_of(found.documents, found.judge.ruleset, found.findings).values()
    changes = of_fix(fix, found.documents, folder).changes
    assert changes is not None
    assert {Path(uri).name: [edit.new_text for edit in listed] for uri, listed in changes.items()} == {
        "a.yaml": ["Order"],
        "b.yaml": ["'a.yaml#/components/schemas/Order'"],
    }
    contents = {"a.yaml": text.replace("1.0.0", "1.0.1").encode()}
    changes = of_contents(contents, found.documents, folder).changes
    assert changes is not None
    [[edit]] = changes.values()
    assert edit.range.start == types.Position(1, 0)
