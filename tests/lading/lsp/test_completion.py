"""What may stand behind `$ref:` and `rule:`."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from lading.lsp.completion import completions

from .building import checked

TEXT = """\
openapi: 3.1.1
info: {title: Orders, version: 1.0.0}
paths: {}
components:
  schemas: {Order: {}, Line: {}}
"""


def offers(root: Path, typed: str) -> list[types.CompletionItem]:
    (root / "sub").mkdir(exist_ok=True)
    (root / "sub" / "b.yaml").write_text("Place: {type: object}\n")
    found, folder = checked(root, TEXT)
    lines = [*TEXT.splitlines(), *typed.split("\n")]
    end = types.Position(len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2)
    return completions(found, lines, folder, end)


@pytest.mark.parametrize(
    ("typed", "labels", "inserted"),
    [
        (
            "x: {$ref: ",
            ["#/components/schemas/Order", "#/components/schemas/Line", "./sub/b.yaml"],
            "'#/components/schemas/Order'",
        ),
        (
            "📦: {$ref: '#/comp",
            ["#/components/schemas/Order", "#/components/schemas/Line", "./sub/b.yaml"],
            "#/components/schemas/Order",
        ),
        ('{"$ref": "sub/b.yaml#', ["sub/b.yaml#/Place"], "sub/b.yaml#/Place"),
        ("$ref: 'gone.yaml#", [], ""),
    ],
)
def test_targets_of_references(tmp_path: Path, typed: str, labels: list[str], inserted: str) -> None:
    found = offers(tmp_path, typed)
    assert [item.label for item in found] == labels
    if found:
        assert isinstance(found[0].text_edit, types.TextEdit)
        assert found[0].text_edit.new_text == inserted


def test_codes_of_rules_in_an_ignore(tmp_path: Path) -> None:
    labels = [item.label for item in offers(tmp_path, "x-lading-ignore:\n  - rule: nam")]
    assert "naming-path-kebab" in labels
    assert offers(tmp_path, "other:\n  - rule: nam") == []
    assert offers(tmp_path, "title: x") == []
