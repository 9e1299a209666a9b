from __future__ import annotations

from pathlib import Path

import pytest

from lading.files import read_set
from linters.lint import Severity, lint
from policies import rulesets
from policies.rulesets.named import UnknownRuleset, packs


def test_every_pack_and_every_file_is_a_name() -> None:
    assert {"lading:recommended", "lading:all", "lading:auth", "lading:rate-limits"} <= set(rulesets.names())
    assert rulesets.names() == tuple(sorted(rulesets.names()))


@pytest.mark.parametrize("name", rulesets.names())
def test_every_ruleset_compiles(name: str) -> None:
    assert rulesets.load(name) is rulesets.load(name)


@pytest.mark.parametrize("name", ["lading:recommended", "lading:all"])
def test_the_great_rulesets_take_in_every_pack(name: str) -> None:
    mode = name.partition(":")[2]
    assert sorted(rulesets.definition(name)["extends"]) == [[f"lading:{area}", mode] for area in packs()]


def test_a_name_that_is_nearly_right_is_corrected() -> None:
    with pytest.raises(UnknownRuleset) as caught:
        rulesets.load("lading:recomended")
    assert caught.value.advice == "Did you mean 'lading:recommended'?"


def test_a_name_that_is_far_off_gets_the_list() -> None:
    with pytest.raises(UnknownRuleset) as caught:
        rulesets.definition("zzz")
    assert "lading:auth" in caught.value.advice


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "specs").glob("*api.yaml")), ids=lambda p: p.name
)
def test_the_contracts_that_we_ship_are_held_to_what_we_recommend(path: Path) -> None:
    findings = lint(read_set(path), rulesets.load(rulesets.DEFAULT))
    assert [
        f"{f.range.start.line + 1}: {f.code}: {f.message}" for f in findings if f.severity <= Severity.WARN
    ] == []
