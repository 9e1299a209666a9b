from __future__ import annotations

import json

import pytest

from lading.tables import write_json, write_table


def test_json_keeps_its_letters(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"title": "Bücher", "count": 1})
    text = capsys.readouterr().out
    assert json.loads(text) == {"title": "Bücher", "count": 1}
    assert "Bücher" in text
    assert text.endswith("}\n")


def test_a_table_for_a_program_is_never_cut_nor_coloured(capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 500
    write_table(("contract", "title"), [("erp/orders", long), ("a", "[bold]b[/bold] :smile:")])
    heading, first, second = capsys.readouterr().out.splitlines()
    assert heading.split() == ["contract", "title"]
    assert first.split() == ["erp/orders", long]
    assert second.rstrip() == "a           [bold]b[/bold] :smile:"
    assert heading.index("title") == first.index(long)
