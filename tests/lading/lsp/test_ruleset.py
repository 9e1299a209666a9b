"""Which ruleset a folder is judged by."""

from __future__ import annotations

from pathlib import Path

from lading.lsp.ruleset import Judges, is_ruleset
from policies import rulesets


def test_a_folder_has_its_own_the_editor_another_and_ours_is_the_last(tmp_path: Path) -> None:
    judges = Judges()
    assert judges.of(tmp_path).name == rulesets.DEFAULT
    (tmp_path / ".spectral.yaml").write_text("extends: lading:auth\n")
    assert judges.of(tmp_path).name == ".spectral.yaml"
    (tmp_path / ".lading.yaml").write_text("extends: lading:naming\n")
    assert set(judges.of(tmp_path).ruleset.rules) == set(rulesets.load("lading:naming").rules)
    judges.wanted = "lading:money"
    assert set(judges.of(tmp_path).help) == {rule.name for rule in rulesets.load("lading:money").running}


def test_it_is_read_once_until_it_changes_or_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / ".lading.yaml"
    file.write_text("extends: lading:auth\n")
    judges = Judges()
    first = judges.of(tmp_path)
    assert judges.of(tmp_path) is first
    file.write_text("extends: lading:naming\n")
    second = judges.of(tmp_path)
    assert second is not first
    judges.forget()
    assert judges.of(tmp_path) is not second


def test_one_that_cannot_be_used_is_told_and_ours_is_used(tmp_path: Path) -> None:
    (tmp_path / ".lading.yaml").write_text("rules: {x: {}}\n")
    judge = Judges().of(tmp_path)
    assert judge.name == rulesets.DEFAULT
    assert ".lading.yaml cannot be used" in judge.complaint
    assert "cannot be used" in Judges("lading:nothing").of(tmp_path).complaint


def test_files_of_rulesets_are_known_by_name(tmp_path: Path) -> None:
    assert is_ruleset(tmp_path / ".spectral.json")
    assert not is_ruleset(tmp_path / "spectral.json")
