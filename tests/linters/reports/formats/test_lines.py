from __future__ import annotations

import re

from linters.reports import LintReport, render

LINE = re.compile(r"[^\n]+:\d+:\d+: (error|warning|info|hint) [^\n]+: [^\n]*")


def test_one_line_a_finding(report: LintReport) -> None:
    assert render("lines", report).splitlines() == [
        "orders.yaml:6:9: error auth-stated: GET /orders states no `security`.",
        "orders.yaml:7:20: warning naming-operation-id-camel: `List_Orders` is not camelCase.",
        "orders.yaml:1:1: hint taste: Hm.",
        "shared/common parts.yaml:1:1: info rate-limit-stated: No limit.",
        "broken.yaml:3:7: error syntax: The bracket is never closed. Close it.",
    ]


def test_nothing_found_is_no_line() -> None:
    assert render("lines", LintReport((), ("a.yaml",))) == ""


def test_no_text_makes_a_line_of_its_own(hostile: LintReport) -> None:
    lines = render("lines", hostile).splitlines()
    assert len(lines) == 2
    assert all(LINE.fullmatch(line) for line in lines)
