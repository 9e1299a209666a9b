from __future__ import annotations

from dataclasses import replace

import pytest

from linters.reports import LintReport
from linters.reports.code_quality import issues


def test_an_issue_a_finding_and_a_blocker_for_what_was_not_judged(report: LintReport) -> None:
    found = list(issues(report))
    assert found[0] == {
        "description": "GET /orders states no `security`.",
        "check_name": "auth-stated",
        "fingerprint": found[0]["fingerprint"],
        "severity": "critical",
        "location": {"path": "orders.yaml", "lines": {"begin": 6, "end": 7}},
    }
    assert [issue["severity"] for issue in found] == ["critical", "major", "minor", "info", "blocker"]
    assert len({issue["fingerprint"] for issue in found}) == len(found)
    assert found[-1]["location"] == {"path": "broken.yaml", "lines": {"begin": 3, "end": 3}}
    assert found[-1]["description"] == "The bracket is never closed. Close it."


@pytest.mark.parametrize(
    ("source", "path"), [("./api/orders.yaml", "api/orders.yaml"), ("", "stdin"), ("a//b.yaml", "a/b.yaml")]
)
def test_paths_are_those_of_the_repository(report: LintReport, source: str, path: str) -> None:
    finding = replace(report.findings[0], source=source)
    (issue,) = issues(LintReport((finding,), ()))
    assert issue["location"]["path"] == path


def test_what_is_suppressed_is_no_issue(full: LintReport) -> None:
    assert "taste" not in {issue["check_name"] for issue in issues(full)}
