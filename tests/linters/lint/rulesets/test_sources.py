from __future__ import annotations

from typing import Any

import pytest

from contracts.errors import ContractError
from linters.lint import RulesetError
from linters.lint.rulesets.sources import Sources, beside, is_name, parsed


@pytest.mark.parametrize(
    ("source", "reference", "name"),
    [
        ("", "./base.yaml", "base.yaml"),
        ("rules/house.yaml", "../base.yaml", "base.yaml"),
        ("rules/house.yaml", "https://x.example/r.yaml", "https://x.example/r.yaml"),
        ("https://x.example/a/r.yaml", "../base.yaml", "https://x.example/base.yaml"),
    ],
)
def test_files_and_addresses_are_relative_to_the_ruleset(source: str, reference: str, name: str) -> None:
    assert beside(source, reference) == name


def test_names_are_told_from_files() -> None:
    assert is_name("spectral:oas")
    assert not any(is_name(other) for other in ("./a.yaml", "https://x.example/a", "@x/y", "a.yaml"))


def read(name: str, named_by: str) -> bytes:
    raise ContractError("no-such-file", f"There is no file {name} beside {named_by}.")


def absent(name: str) -> Any:
    raise ContractError("unknown-ruleset", f"There is no ruleset called '{name}'. Did you mean 'a:b'?")


@pytest.mark.parametrize(
    ("reference", "code", "words"),
    [
        ("spectral:nope", "unknown-ruleset", "Did you mean 'a:b'"),
        ("./nope.yaml", "unreadable-ruleset", "no file ./nope.yaml beside house.yaml"),
        ("nope.yaml", "unreadable-ruleset", "no file nope.yaml"),
        ("rules/base.ruleset.yml", "unreadable-ruleset", "no file rules/base.ruleset.yml"),
        ("@acme/rules", "unknown-ruleset", "npm package '@acme/rules'"),
        ("acme-rules", "unknown-ruleset", "npm package 'acme-rules'"),
    ],
)
def test_what_is_not_there_is_told_as_what_it_was_meant_to_be(reference: str, code: str, words: str) -> None:
    with pytest.raises(ContractError, match=words) as caught:
        Sources(read, absent).find(reference, "house.yaml", ("extends",))
    assert caught.value.code == code


def test_an_address_can_be_the_name_of_a_ruleset() -> None:
    named = {"https://unpkg.com/@acme/rules": {"rules": {}}}
    assert Sources(None, named).find("https://unpkg.com/@acme/rules", "", ()) == (
        {"rules": {}},
        "https://unpkg.com/@acme/rules",
    )


def test_texts_are_read_by_what_they_are() -> None:
    assert parsed(b"{rules: {},}", "house.json") == {"rules": {}}
    assert parsed(b"export default { rules: {} }", "house.mjs") == {"rules": {}}
    with pytest.raises(RulesetError, match="is a mapping"):
        parsed(b"- a", "house.yaml")
