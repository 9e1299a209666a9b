from __future__ import annotations

from dataclasses import replace

import pytest

from linters.diff import compare
from linters.gate import Caller, GateRequest, Profile, decide
from policies import profiles
from tests.linters.diff.building import events, http

from .building import breaking, request, safe


def outcomes(result) -> dict[str, str]:
    return {check.name: check.outcome for check in result.checks}


def test_a_safe_change_with_the_right_version_passes() -> None:
    result = decide(request(*safe()), Profile())
    assert result.outcome == "pass"
    assert outcomes(result)["impact"] == "unchecked"


def test_a_breaking_change_fails_and_the_right_version_is_named() -> None:
    result = decide(request(*breaking("1.0.1")), Profile())
    assert result.outcome == "fail"
    assert outcomes(result) | {"validity": "pass", "lint": "pass"} == {
        "validity": "pass", "lint": "pass", "compatibility": "fail", "version": "fail", "lifecycle": "pass",
        "impact": "unchecked",
    }  # fmt: skip
    assert result.suggested_version == "2.0.0"


def test_a_new_major_version_may_break_unless_the_profile_refuses() -> None:
    asked = request(*breaking("2.0.0"))
    assert decide(asked, Profile()).outcome == "pass"
    assert decide(asked, Profile(breaking="refuse")).outcome == "fail"


def test_what_nobody_checked_is_no_yes() -> None:
    base, candidate = safe()
    unchecked = GateRequest(candidate=candidate, base=base)
    assert decide(unchecked, Profile()).outcome == "unchecked"
    assert decide(unchecked, Profile(unchecked="pass")).outcome == "pass"
    assert (
        decide(GateRequest(candidate=candidate, findings=(), problems=()), Profile()).outcome == "unchecked"
    )


def test_a_failure_outweighs_what_is_unchecked() -> None:
    base, candidate = breaking()
    assert decide(GateRequest(candidate=candidate, base=base), Profile()).outcome == "fail"


def test_a_first_version_has_nothing_to_break() -> None:
    assert decide(request(None, http(), is_first=True), Profile()).outcome == "pass"


def test_a_check_that_is_told_does_not_decide() -> None:
    profile = Profile(required=frozenset(("compatibility",)))
    result = decide(request(*safe("1.0.0")), profile)
    assert outcomes(result)["version"] == "fail"
    assert result.outcome == "pass"


def test_impact_decides_where_the_profile_asks_for_it() -> None:
    profile = replace(Profile(), required=frozenset(("impact",)))
    hit = request(*breaking(), callers=(Caller("wms", frozenset(("POST /orders",))),))
    missed = request(*breaking(), callers=(Caller("wms", frozenset(("GET /orders",))),))
    assert decide(hit, profile).outcome == "fail"
    assert decide(missed, profile).outcome == "pass"


def test_a_comparison_that_was_made_is_taken() -> None:
    base, candidate = breaking()
    comparison = compare(base, candidate)
    assert decide(request(base, candidate), Profile(), comparison=comparison).comparison is comparison


def test_contracts_of_different_kinds_say_so_and_fail() -> None:
    result = decide(request(http(), events()), Profile())  # type: ignore[arg-type]
    assert result.outcome == "fail"
    told = {check.name: check.reason for check in result.checks}
    assert "openapi" in told["compatibility"]
    assert "asyncapi" in told["version"]
    assert result.comparison is None


@pytest.mark.parametrize("profile", ["default", "strict", "legacy"])
def test_profiles_that_ship_decide(profile: str) -> None:

    assert decide(request(*safe()), profiles.load(profile)).profile == profile


@pytest.mark.parametrize(("sunset", "outcome"), [("2030-01-01", "fail"), ("2025-12-01", "pass")])
def test_what_was_deprecated_may_go_after_its_sunset_and_not_before(sunset: str, outcome: str) -> None:
    base = http(operation={"deprecated": True, "x-sunset": sunset})
    result = decide(request(base, http(path="/other", version="1.1.0")), Profile())
    assert (result.outcome, outcomes(result)["lifecycle"]) == (outcome, outcome)


@pytest.mark.parametrize(("moved_to", "outcome"), [("2026-02-01", "pass"), ("2026-01-05", "fail")])
def test_a_later_sunset_needs_no_new_notice_and_an_earlier_one_does(moved_to: str, outcome: str) -> None:
    base = http(operation={"deprecated": True, "x-sunset": "2026-01-10"})
    moved = http(operation={"deprecated": True, "x-sunset": moved_to}, version="1.1.0")
    assert outcomes(decide(request(base, moved), Profile()))["lifecycle"] == outcome
