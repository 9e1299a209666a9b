from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ContractError
from lading.linting.rules import find_ruleset
from lading.linting.trust import Trust
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


def test_a_module_that_is_data_is_a_ruleset_too(here: Path) -> None:
    (here / ".spectral.mjs").write_text(
        "import { truthy } from '@stoplight/spectral-functions';\n"
        "export default { extends: './rules/base.js', rules: { titled: { given: '$', then: { function: truthy } } } };\n"
    )
    (here / "rules" / "base.js").write_text("module.exports = { extends: 'lading:auth' }\n")
    assert {"auth-stated", "titled"} <= set(find_ruleset(".spectral.mjs").rules)


def test_functions_run_when_they_are_allowed_and_are_named_when_they_are_not(here: Path) -> None:
    (here / "rules" / "functions").mkdir()
    (here / "rules" / "functions" / "shout.py").write_text("def check(value, options, context): ...\n")
    (here / "rules" / "mine.yaml").write_text(
        "functions: [shout]\nrules: {loud: {given: $, then: {function: shout}}}\n"
    )
    with pytest.raises(ContractError, match=r"rules/functions/shout\.py, which is not allowed to run"):
        find_ruleset("rules/mine.yaml")
    assert set(find_ruleset("rules/mine.yaml", Trust((Path("rules/functions"),))).rules) == {"loud"}


@pytest.mark.parametrize("wanted", ["https://lint.example/house.yaml", "rules/mine.yaml"])
def test_addresses_are_read_only_where_they_are_allowed(here: Path, wanted: str) -> None:
    (here / "rules" / "mine.yaml").write_text("extends: https://lint.example/house.yaml\n")
    with pytest.raises(
        ContractError, match=r"https://lint\.example/house\.yaml is an address that was not allowed"
    ):
        find_ruleset(wanted)


def test_what_lies_beside_an_address_is_read_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = {
        "https://lint.example/a/house.yaml": b"extends: ./base.yaml\n",
        "https://lint.example/a/base.yaml": b"rules: {titled: {given: $, then: {function: truthy}}}\n",
    }
    monkeypatch.setattr("lading.linting.remote.fetch", lambda url, _trust: held[url])
    assert set(find_ruleset("https://lint.example/a/house.yaml").rules) == {"titled"}
