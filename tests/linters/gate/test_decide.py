from __future__ import annotations

from dataclasses import replace

import pytest

from linters.gate import GateResult, Profile, decide
from policies import rulesets
from tests.linters.diff.building import events, http

from .asking import SKU, broken, finding, request


def outcomes(result: GateResult) -> dict[str, str]:
    return {check.name: check.outcome for check in result.checks}


def test_every_check_is_told_in_order() -> None:
    result = decide(request(http()), Profile())
    assert list(outcomes(result)) == ["validity", "lint", "compatibility", "version", "lifecycle", "impact"]
    assert all(check.reason for check in result.checks)


def test_a_first_version_has_nothing_to_break() -> None:
    result = decide(request(http()), Profile())
    assert result.outcome == "pass"
    assert result.comparison is None
    assert result.suggested_version is None


def test_a_break_is_refused_with_the_version_that_would_announce_it() -> None:
    result = decide(broken("1.1.0"), Profile())
    assert result.outcome == "fail"
    assert outcomes(result)["compatibility"] == "fail"
    assert result.suggested_version == "2.0.0"
    assert decide(broken("2.0.0"), Profile()).outcome == "pass"


def test_a_check_that_is_only_told_does_not_decide() -> None:
    result = decide(broken("1.1.0"), Profile(required=frozenset({"validity", "lint"})))
    assert outcomes(result)["compatibility"] == "fail"
    assert result.outcome == "pass"


@pytest.mark.parametrize(("unchecked", "outcome"), [("fail", "unchecked"), ("pass", "pass")])
def test_what_was_not_checked_is_no_yes_unless_the_profile_says_so(unchecked: str, outcome: str) -> None:
    asked = request(http(), problems=None)
    result = decide(asked, Profile(unchecked=unchecked))  # type: ignore[arg-type]
    assert outcomes(result)["validity"] == "unchecked"
    assert result.outcome == outcome


def test_a_failure_weighs_more_than_what_was_not_checked() -> None:
    assert decide(broken("1.1.0", problems=None), Profile(unchecked="pass")).outcome == "fail"


def test_a_base_that_could_not_be_had_is_not_a_first_version() -> None:
    result = decide(request(http(), is_first=False), Profile())
    assert result.outcome == "unchecked"
    assert outcomes(result)["compatibility"] == "unchecked"


def test_contracts_of_different_kinds_are_not_compared() -> None:
    result = decide(request(events(), http()), Profile())
    assert result.comparison is None
    assert result.outcome == "unchecked"


def test_findings_are_sought_where_a_ruleset_is_given_instead() -> None:
    asked = replace(request(http()), findings=None, ruleset=rulesets.load("lading:recommended"))
    result = decide(asked, Profile())
    assert result.findings
    assert outcomes(result)["lint"] == "fail"
    assert decide(replace(asked, findings=(finding(),)), Profile()).findings == (finding(),)


def test_a_comparison_that_was_made_is_not_made_again() -> None:
    made = decide(broken(), Profile()).comparison
    result = decide(request(http(version="1.0.1"), http()), Profile(), comparison=made)
    assert result.comparison is made
    assert result.outcome == "fail"


@pytest.mark.parametrize(("sunset", "outcome"), [("2030-01-01", "fail"), ("2026-01-01", "pass")])
def test_what_was_deprecated_may_go_after_its_sunset_and_not_before(sunset: str, outcome: str) -> None:
    base = http(operation={"deprecated": True, "x-sunset": sunset})
    result = decide(request(http(path="/other", version="1.1.0"), base), Profile())
    assert result.outcome == outcome
    assert outcomes(result)["lifecycle"] == outcome


def test_a_taken_version_is_not_suggested() -> None:
    asked = request(http(response=SKU, description="x"), http(), history=("1.0.0", "1.1.0"))
    assert decide(asked, Profile()).suggested_version == "1.1.1"
