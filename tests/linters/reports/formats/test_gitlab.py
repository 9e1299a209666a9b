from __future__ import annotations

import json

from linters.reports import LintReport, render
from linters.reports.code_quality import issues


def test_a_list_of_issues_with_what_gitlab_needs(report: LintReport) -> None:
    written = json.loads(render("gitlab", report))
    assert written == list(issues(report))
    for issue in written:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == set(issue)


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render("gitlab", LintReport((), ("a.yaml",)))) == []
