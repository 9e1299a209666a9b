from __future__ import annotations

from contracts.document import Position, Range
from linters.gate import Profile
from linters.gate.checks import lint
from linters.lint import Finding, Severity
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


def test_a_waived_rule_is_counted_and_let_pass() -> None:
    found = (finding(Severity.ERROR, "a"), finding(Severity.ERROR, "b"))
    check = lint.check(weighed(None, http(), findings=found, waivers={"a": "until March"}))
    assert check.outcome == "fail"
    assert "b (1)" in check.reason
    assert check.details["waived"] == 1


def test_without_findings_nothing_was_checked() -> None:
    assert lint.check(weighed(None, http(), findings=None)).outcome == "unchecked"
