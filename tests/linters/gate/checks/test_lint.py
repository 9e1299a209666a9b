from __future__ import annotations

from typing import Any

import pytest

from linters.gate import Check, Profile
from linters.gate.checks import lint
from linters.lint import Finding, Severity
from tests.linters.diff.building import http
from tests.linters.gate.asking import finding, request, weighed


def judged(*findings: Finding, limit: Severity | None = Severity.ERROR, **facts: Any) -> Check:
    return lint.check(weighed(request(http(), findings=findings, **facts), Profile(fail_severity=limit)))


def test_without_a_lint_it_is_unchecked() -> None:
    assert lint.check(weighed(request(http(), findings=None))).outcome == "unchecked"


@pytest.mark.parametrize(
    ("severity", "limit", "outcome"),
    [
        (Severity.ERROR, Severity.ERROR, "fail"),
        (Severity.WARN, Severity.ERROR, "pass"),
        (Severity.WARN, Severity.WARN, "fail"),
        (Severity.HINT, Severity.HINT, "fail"),
        (Severity.ERROR, None, "pass"),
    ],
)
def test_findings_fail_from_a_severity_on(severity: Severity, limit: Severity | None, outcome: str) -> None:
    assert judged(finding(severity=severity), limit=limit).outcome == outcome


def test_failing_findings_are_counted_by_rule() -> None:
    check = judged(finding("a"), finding("b"), finding("a"), finding("c", Severity.WARN))
    assert check.reason == "3 findings fail: a (2), b (1)."
    assert (check.details["error"], check.details["warn"], check.details["hint"]) == (3, 1, 0)
    assert judged(finding("a")).reason == "1 finding fails: a (1)."


def test_a_waived_rule_passes_and_is_told() -> None:
    check = judged(finding("a"), waivers={"a": "Agreed until spring."})
    assert check.outcome == "pass"
    assert check.details["waived"] == 1
    assert check.reason == "1 milder or waived finding."
    assert judged(finding("a"), finding("b"), waivers={"a": "Agreed."}).outcome == "fail"


def test_nothing_found() -> None:
    assert judged().reason == "Nothing was found."
