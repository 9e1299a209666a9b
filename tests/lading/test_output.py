from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from lading.outcome import CouldNotTell
from lading.output import in_colour, line_width, write


def test_text_goes_to_standard_output_or_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("shown\n", None)
    write("größer\n", tmp_path / "kept.txt")
    assert capsys.readouterr().out == "shown\n"
    assert (tmp_path / "kept.txt").read_bytes() == "größer\n".encode()


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell, match=r"folder/kept\.txt cannot be written: No such file"):
        write("lost", tmp_path / "folder" / "kept.txt")


def test_colours_are_for_terminals_whose_owner_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert in_colour()
    monkeypatch.setenv("NO_COLOR", "")
    assert not in_colour()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert not in_colour()


@pytest.mark.parametrize(("columns", "width"), [(20, 60), (90, 90), (400, 120)])
def test_lines_are_as_wide_as_people_can_read(
    columns: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert shutil.get_terminal_size().columns == columns
    assert line_width() == width
    assert line_width(100) == min(width, 100)
