"""Files that are mended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from contracts.positions import Position, Range
from lading.files import read_set
from lading.linting.mending import Mending, fixes_for_report, mend_files
from lading.outcome import CouldNotTell
from linters.fixes import Level, rounds
from linters.lint import lint
from linters.reports import Edit, Fix
from policies import rulesets

ROOT = """\
openapi: 3.1.1
info: {title: Orders, version: 1.4.0}
paths: {}
components:
  schemas:
    Order: {$ref: 'shared.yaml#/components/schemas/order'}
"""
SHARED = """\
openapi: 3.1.1  # kept
info: {title: Shared, version: 1.0.0}
paths: {}
components:
  schemas:
    order:
      properties: {dispatchedAt: {type: string}}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "root.yaml").write_text(ROOT)
    (tmp_path / "shared.yaml").write_text(SHARED)
    return tmp_path


def mended(*names: str, levels: Sequence[Level] = (Level.SUGGESTED,)) -> Mending:
    return mend_files(names, rulesets.load("lading:all"), levels, lambda _, findings: findings)


def test_only_the_named_files_are_mended() -> None:
    assert mended("root.yaml").files == {}
    assert set(mended("shared.yaml").files) == {Path("shared.yaml")}


def test_a_name_that_another_of_the_files_uses_stays(here: Path) -> None:
    mended("root.yaml", "shared.yaml").write()
    assert (here / "root.yaml").read_text() == ROOT
    shared = (here / "shared.yaml").read_text()
    assert shared == SHARED.replace("string}", "string, format: date-time}")


def test_the_diff_shows_what_would_be_written_and_writes_nothing(here: Path) -> None:
    mending = mended("shared.yaml")
    assert mending.diff().startswith("--- a/shared.yaml\n+++ b/shared.yaml\n@@")
    assert "\n-      properties: {dispatchedAt: {type: string}}\n" in mending.diff()
    assert (here / "shared.yaml").read_text() == SHARED
    (here / "shared.yaml").write_text(SHARED.rstrip("\n"))
    assert mended("shared.yaml").diff().endswith("\\ No newline at end of file\n")


def test_what_was_done_is_told() -> None:
    told = list(mended("shared.yaml").told(dry=True))
    assert told == ["would mend 2 in shared.yaml: Write it in PascalCase, Say that it is a moment, date-time"]


def test_a_run_that_stopped_early_says_so_and_how_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "ROUNDS", 0)
    told = list(mended("shared.yaml").told(dry=True))
    assert told == ["stopped in shared.yaml after 0 rounds: 2 more fixes were not tried"]


def test_a_file_that_changed_meanwhile_is_not_written(here: Path) -> None:
    mending = mended("shared.yaml")
    (here / "shared.yaml").write_text("mine: 1\n")
    with pytest.raises(CouldNotTell, match="meanwhile"):
        mending.write()
    assert (here / "shared.yaml").read_text() == "mine: 1\n"


def test_files_that_cannot_be_read_are_left_to_the_report_and_standard_input_is_none(here: Path) -> None:
    (here / "broken.yaml").write_text("a: [\n")
    assert mended("broken.yaml", "absent.yaml").files == {}
    with pytest.raises(CouldNotTell, match="standard input"):
        mended("-")


def test_a_report_gets_lines_and_characters_and_no_drafts(here: Path) -> None:
    rules = rulesets.load("lading:all")
    documents = read_set(Path("shared.yaml"), tolerant=True)
    fixes = fixes_for_report(documents, rules, lint(documents, rules))
    place = Position(6, 46)
    assert (
        Fix(
            "Say that it is a moment, date-time",
            (Edit("shared.yaml", Range(place, place), ", format: date-time"),),
        )
        in fixes.values()
    )
    assert "lifecycle-owner" not in {finding.code for finding in fixes}
