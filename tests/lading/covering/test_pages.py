from __future__ import annotations

from pathlib import Path

from lading.covering.pages import CHECKS, COVERAGE, pages, write


def test_the_published_pages_are_true(root: Path) -> None:
    """`make coverage` writes them anew."""
    for name, text in pages().items():
        assert (root / "docs" / name).read_text("utf-8") == text, name


def test_pages_are_written_by_name(tmp_path: Path) -> None:
    write(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [CHECKS, COVERAGE]
    assert "**unexplained**" not in (tmp_path / COVERAGE).read_text("utf-8")
