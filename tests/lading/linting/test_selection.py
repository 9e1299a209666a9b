from __future__ import annotations

import sys
from pathlib import Path

import pytest

from contracts.errors import ContractError
from lading.linting.selection import expand, with_progress


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.yaml", "a.yaml", "deep/c.yaml", "[x].yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["b.yaml", "a.yaml"], ["b.yaml", "a.yaml"]),
        (["[ab].yaml"], ["a.yaml", "b.yaml"]),
        (["**/*.yaml"], ["[x].yaml", "a.yaml", "b.yaml", "deep/c.yaml"]),
        (["b.yaml", "?.yaml"], ["b.yaml", "a.yaml"]),
        (["[x].yaml"], ["[x].yaml"]),
        (["absent.yaml", "-"], ["absent.yaml", "-"]),
    ],
)
def test_which_files_are_meant(given: list[str], meant: list[str]) -> None:
    unread: list[ContractError] = []
    assert list(expand(given, unread)) == meant
    assert unread == []


def test_a_pattern_that_matches_nothing_is_told() -> None:
    unread: list[ContractError] = []
    assert list(expand(["*.json", "a.yaml"], unread)) == ["a.yaml"]
    assert [error.code for error in unread] == ["no-match"]


def test_progress_is_shown_on_a_terminal_and_wiped_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(with_progress(["a", "b"])) == ["a", "b"]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert list(with_progress(["a"])) == ["a"]
    assert capsys.readouterr().err == ""
    assert list(with_progress(["a", "b"])) == ["a", "b"]
    shown = capsys.readouterr().err
    assert "judging 2 of 2: b" in shown
    assert shown.endswith("\r\x1b[K")
