from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.diff.checks import catalogue
from linters.lint import Severity
from policies import profiles, rulesets


@pytest.mark.parametrize("name", profiles.names())
def test_every_profile_loads_and_names_a_ruleset_that_exists(name: str) -> None:
    profile = profiles.load(name)
    assert profile.name == name
    assert profile.description
    assert profile.ruleset in rulesets.names()


@pytest.mark.parametrize("name", profiles.policies())
def test_every_policy_loads_and_speaks_of_checks_that_exist(name: str) -> None:
    policy = profiles.policy(name)
    assert policy.name == name
    templates = [template for check in catalogue().values() for template in check.ids.values()]
    for identifier in policy.verdicts:
        assert any(identifier.endswith(template.rsplit("}", 1)[-1]) for template in templates), identifier


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
