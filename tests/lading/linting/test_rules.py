from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ContractError
from lading.linting.rules import find_ruleset
from lading.outcome import CouldNotTell


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    return tmp_path


def test_one_of_ours_is_found_by_its_name() -> None:
    assert "auth-stated" in find_ruleset("lading:auth").rules


def test_one_in_a_file_extends_ours_and_what_lies_beside_it(here: Path) -> None:
    (here / "rules" / "base.yaml").write_text("rules: {titled: {given: $, then: {function: truthy}}}\n")
    (here / "rules" / "mine.yaml").write_text("extends: ['lading:auth', ./base.yaml]\n")
    assert {"auth-stated", "titled"} <= set(find_ruleset("rules/mine.yaml").rules)


def test_one_outside_the_working_folder_reads_its_own_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "rules" / "base.yaml").write_text("rules: {titled: {given: $, then: {function: truthy}}}\n")
    (here / "rules" / "mine.yaml").write_text("extends: ./base.yaml\n")
    (here / "work").mkdir()
    monkeypatch.chdir(here / "work")
    assert set(find_ruleset(str(here / "rules" / "mine.yaml")).rules) == {"titled"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("absent.yaml", "there is no ruleset absent.yaml"),
        ("rules/absent", "there is no ruleset rules/absent"),
    ],
)
def test_a_file_that_is_not_there_is_said(wanted: str, words: str) -> None:
    with pytest.raises(CouldNotTell, match=words) as raised:
        find_ruleset(wanted)
    assert "lading:recommended" in raised.value.advice


def test_a_name_that_nobody_gave_is_said() -> None:
    with pytest.raises(ContractError, match="lading:nothing"):
        find_ruleset("lading:nothing")
