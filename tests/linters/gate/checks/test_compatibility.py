from __future__ import annotations

from linters.diff import Comparison
from linters.gate import Check, Profile
from linters.gate.checks import compatibility
from tests.linters.diff.building import http
from tests.linters.gate.asking import broken, change, comparison, request, weighed


def judged(made: Comparison) -> Check:
    return compatibility.check(weighed(request(http(), http()), comparison=made))


def test_a_first_version_passes_and_a_missing_base_is_unchecked() -> None:
    assert compatibility.check(weighed(request(http()))).outcome == "pass"
    missing = compatibility.check(weighed(request(http(), is_first=False)))
    assert (missing.outcome, missing.reason) == ("unchecked", "There is no base to compare with.")


def test_a_break_is_counted_and_named() -> None:
    check = compatibility.check(weighed(broken("1.1.0")))
    assert check.outcome == "fail"
    assert check.reason.startswith("1 breaking change since 1.0.0: ")
    assert check.details["breaking"] == 1
    assert (check.details["policy"], check.details["base"]) == ("backward", "1.0.0")


def test_a_new_major_version_announces_a_break_where_the_profile_lets_it() -> None:
    check = compatibility.check(weighed(broken("2.0.0")))
    assert check.outcome == "pass"
    assert "Version 2.0.0 announces that." in check.reason
    assert compatibility.check(weighed(broken("2.0.0"), Profile(breaking="refuse"))).outcome == "fail"


def test_several_breaks_are_told_by_their_number() -> None:
    check = judged(comparison(*(change("breaking", f"GET /{n}", identifier="gone") for n in range(3))))
    assert check.reason == "3 breaking changes since 1.0.0: gone (3)."


def test_an_unknown_change_is_unchecked_with_the_reason() -> None:
    check = judged(comparison(change("safe"), change("unknown", reason="The pattern is too wild.")))
    assert check.outcome == "unchecked"
    assert check.reason == "1 change could not be judged; the first: x happened. The pattern is too wild."


def test_safe_and_no_changes_pass() -> None:
    assert judged(comparison(change("safe"))).reason == "1 safe change."
    assert judged(comparison()).reason == "Nothing changed since 1.0.0."
    assert judged(comparison()).outcome == "pass"
