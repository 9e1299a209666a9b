from __future__ import annotations

import json

from linters.reports import LintReport, render


def test_a_list_of_findings_zero_based_as_spectral_writes_them(report: LintReport) -> None:
    first = json.loads(render("json", report))[0]
    assert first == {
        "code": "auth-stated",
        "message": "GET /orders states no `security`.",
        "path": ["paths", "/orders", "get"],
        "severity": 0,
        "range": {"start": {"line": 5, "character": 8}, "end": {"line": 6, "character": 30}},
        "source": "orders.yaml",
    }


def test_one_finding_a_line(report: LintReport) -> None:
    assert len(render("json", report).splitlines()) == len(report.findings) + 2


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render("json", LintReport((), ()))) == []
