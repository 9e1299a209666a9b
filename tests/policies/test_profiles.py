from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from contracts.errors import ContractError
from linters.lint import Severity
from policies import profiles, rulesets

from . import compat


@pytest.mark.parametrize("name", profiles.names())
def test_every_profile_loads_and_names_a_ruleset_that_exists(name: str) -> None:
    profile = profiles.load(name)
    assert profile.name == name
    assert profile.description
    assert profile.ruleset in rulesets.names()


@pytest.mark.parametrize("name", profiles.policies())
def test_every_policy_loads_and_says_what_it_is_for(name: str) -> None:
    policy = profiles.policy(name)
    assert policy.name == name
    assert {one.name: one for one in profiles.described()}[name].description


def test_what_ships() -> None:
    assert {"default", "strict", "legacy"} <= set(profiles.names())
    assert {"backward", "forward", "full", "lenient", "set-inclusion"} <= set(profiles.policies())


def test_a_name_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(ContractError) as caught:
        profiles.load("none")
    assert "default" in caught.value.advice
    with pytest.raises(ContractError) as caught:
        profiles.policy("../gates/default")
    assert "backward" in caught.value.advice


@pytest.mark.parametrize("name", profiles.names())
def test_no_profile_lets_an_owner_ignore_an_error(name: str) -> None:
    profile = profiles.load(name)
    assert profile.ignores in ("errors-excepted", "none")
    # Where warnings decide, an owner may not silence those either.
    assert profile.ignores == "none" or profile.fail_severity in (None, Severity.ERROR)


def _own(files: dict[str, str]) -> Callable[[str], bytes]:
    return lambda name: files[name].encode()


def test_a_file_extends_ours_and_one_of_its_own() -> None:
    retrieve = _own(
        {
            "mine.yaml": "extends: base.yaml\nverdicts: {endpoint-added: safe, api-tag-removed: breaking}\n",
            "base.yaml": "extends: full\nformats: false\nverdicts: {endpoint-added: breaking, api-*: unknown}\n",
        }
    )
    policy = profiles.policy_from("mine.yaml", retrieve)
    assert (policy.name, policy.protects, policy.formats) == ("mine.yaml", ("consumer", "provider"), False)
    assert policy.verdicts.of("endpoint-added") == "safe"
    assert policy.verdicts.of("api-tag-removed") == "breaking"
    assert policy.verdicts.of("api-tag-added") == "unknown"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: mine.yaml", "extend one another"),
        ("- a", "no settings"),
        ("extends: backward\ntier: sources", "tier"),
        ("extends: backward\nformat: false", "formats"),
    ],
)
def test_a_file_that_is_no_policy_says_why(text: str, said: str) -> None:
    with pytest.raises(ContractError) as caught:
        profiles.policy_from("mine.yaml", _own({"mine.yaml": text}))
    assert said in f"{caught.value.message} {caught.value.advice}"


def test_a_gate_profile_in_a_file_names_a_policy_in_a_file() -> None:
    retrieve = _own({"gate.yaml": "policy: mine.yaml\nnotice_days: 10\n", "mine.yaml": "extends: wire"})
    profile = profiles.load_from("gate.yaml", retrieve)
    assert (profile.name, profile.notice_days, profile.policy.tier.name) == ("gate.yaml", 10, "wire")


def test_policies_of_ours_extend_only_ours() -> None:
    with pytest.raises(ContractError):
        profiles.policy("mine.yaml")


@pytest.mark.parametrize("name", profiles.tiers())
def test_every_tier_loads(name: str) -> None:
    assert profiles.tier(name).name == name


def test_transitive_policies_differ_in_the_history_alone() -> None:
    for name in ("backward", "forward", "full"):
        transitive = profiles.policy(f"{name}-transitive")
        assert transitive == replace(profiles.policy(name), name=transitive.name, history="all")


def test_the_guide_shows_what_policies_say() -> None:
    """Written anew by `python -m tests.policies.compat`."""
    shown = compat.GUIDE.read_text("utf-8").partition(compat.BEGIN)[2].partition(compat.END)[0]
    assert shown.strip().splitlines() == list(compat.table())
    for name in profiles.policies():
        assert f"`{name}`" in compat.GUIDE.read_text("utf-8"), name


@pytest.mark.parametrize("row", compat.ROWS, ids=[row["change"] for row in compat.ROWS])
def test_the_record_of_the_default_is_what_happens(row: dict[str, Any]) -> None:
    said = f"| {row['change']} | {compat.verdict(row, 'backward')} |"
    assert said in compat.RECORD.read_text("utf-8")


def test_the_record_has_every_row_on_which_detectors_differ_and_no_other() -> None:
    assert {row["row"] for row in compat.ROWS if "row" in row} == set(range(1, 15))
    lines = compat.RECORD.read_text("utf-8").splitlines()
    told = [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]
    assert sorted(told) == sorted(row["change"] for row in compat.ROWS)


def test_breaking_for_the_tiers_grows_with_their_strictness() -> None:
    order = ["safe", "no change", "unknown", "breaking"]
    for row in compat.ROWS:
        found = [order.index(compat.verdict(row, name)) for name in ("wire", "wire-json", "source")]
        assert max(found[0], 1) <= max(found[1], 1) <= max(found[2], 1), row["change"]
