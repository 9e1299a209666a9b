from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.document import Position, Range
from linters.gate import Profile
from linters.gate.checks import lint
from linters.lint import Finding, Severity
from linters.reports import Suppressed
from linters.suppression import Applied
from tests.linters.diff.building import http
from tests.linters.gate.building import weighed


def finding(severity: Severity, code: str = "rule") -> Finding:
    return Finding(code, "m", (), severity, Range(Position(0, 0), Position(0, 1)))


def test_findings_as_severe_as_the_profile_says_fail() -> None:
    warned = (finding(Severity.WARN),)
    assert lint.check(weighed(None, http(), findings=warned)).outcome == "pass"
    strict = Profile(fail_severity=Severity.WARN)
    assert lint.check(weighed(None, http(), strict, findings=warned)).outcome == "fail"
    never = Profile(fail_severity=None)
    assert lint.check(weighed(None, http(), never, findings=(finding(Severity.ERROR),))).outcome == "pass"


def test_what_somebody_answers_for_is_counted_and_let_pass() -> None:
    asked = weighed(None, http(), findings=())
    suppressed = (Suppressed(finding(Severity.ERROR, "a"), "Agreed."),)
    check = lint.check(replace(asked, applied=Applied((finding(Severity.ERROR, "b"),), suppressed)))
    assert (check.outcome, check.details["suppressed"]) == ("fail", 1)
    assert "b (1)" in check.reason
    check = lint.check(replace(asked, applied=Applied((finding(Severity.HINT),), suppressed)))
    assert (check.outcome, check.reason) == (
        "pass",
        "1 milder finding and 1 that somebody answers for. a: Agreed.",
    )


def test_waivers_are_told_once_each_and_a_few_of_them() -> None:
    asked = weighed(None, http(), findings=())
    many = [Suppressed(finding(Severity.ERROR, code), "waived by b") for code in "aabcdef"]
    own = Suppressed(finding(Severity.WARN, "x"), "My word.", "inSource")
    check = lint.check(replace(asked, applied=Applied((), (own, *many))))
    assert check.reason.endswith("a: waived by b. b: waived by b. c: waived by b. 3 more are waived.")
    assert "My word" not in check.reason


HELD = Profile(fail_severity=Severity.ERROR, ratchet=True)


@pytest.mark.parametrize(
    ("before", "after", "outcome", "words"),
    [
        ("aab", "aab", "pass", "No rule has more findings than in 1.0.0."),
        ("aab", "a", "pass", "2 were mended"),
        ("aab", "aaab", "fail", "a (3 instead of 2)"),
        ("aab", "bb", "fail", "b (2 instead of 1)"),
        ("", "c", "fail", "c (1 instead of 0)"),
        ("", "cdefgh", "fail", "g (1 instead of 0) and 1 more."),
    ],
)
def test_under_a_ratchet_no_rule_has_more_findings_than_before(
    before: str, after: str, outcome: str, words: str
) -> None:
    base, candidate = (
        Applied(tuple(finding(Severity.ERROR, code) for code in codes)) for codes in (before, after)
    )
    check = lint.check(replace(weighed(http(), http(), HELD), applied=candidate, before=base))
    assert (check.outcome, words in check.reason) == (outcome, True), check.reason


def test_the_ratchet_names_what_is_new() -> None:
    old, new = replace(finding(Severity.WARN), message="old"), replace(finding(Severity.WARN), message="new")
    held = replace(weighed(http(), http(), HELD), applied=Applied((old, new)), before=Applied((old,)))
    assert [one["message"] for one in lint.check(held).details["new"]] == ["new"]


def test_a_ratchet_without_a_base_is_unchecked_and_a_first_version_is_held_to_severities() -> None:
    failing = (finding(Severity.ERROR),)
    assert lint.check(weighed(http(), http(), HELD, findings=failing)).outcome == "unchecked"
    first = weighed(None, http(), HELD, findings=failing, is_first=True)
    assert lint.check(first).outcome == "fail"


def test_without_findings_nothing_was_checked() -> None:
    assert lint.check(weighed(None, http(), findings=None)).outcome == "unchecked"
