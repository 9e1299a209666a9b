from __future__ import annotations

from dataclasses import replace

import pytest

from linters.lint import Severity
from linters.reports import LintReport, render
from tests.linters.reports.conftest import at

EXPECTED = """
orders.yaml
  6:9    error  auth-stated                GET /orders states no `security`.  paths./orders.get
 7:20  warning  naming-operation-id-camel  `List_Orders` is not camelCase.    paths./orders.get.operationId
  1:1     hint  taste                      Hm.                                a~b[0]

shared/common parts.yaml
 1:1  information  rate-limit-stated  No limit.

✖ 4 problems (1 error, 1 warning, 1 info, 1 hint)
"""


def test_rows_as_spectral_writes_them(report: LintReport) -> None:
    assert render("stylish", replace(report, unread=())) == EXPECTED


@pytest.mark.parametrize(
    ("line", "rows"),
    [(9, ["10:20", " 1:1 "]), (99, ["100:20", "  1:1 "]), (999, ["1000:20", "  1:1  "])],
)
def test_places_are_centred_as_spectral_does_it(report: LintReport, line: int, rows: list[str]) -> None:
    far = replace(report.findings[1], range=at(line, 19, line, 20))
    shown = render("stylish", LintReport((far, report.findings[3]), ())).splitlines()
    assert [row[1 : 1 + len(rows[0])] for row in shown[2:4]] == rows


def test_what_was_not_judged_comes_first(report: LintReport) -> None:
    assert render("stylish", report).startswith("broken.yaml:3:7: The bracket is never closed. Close it.\n")


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        (Severity.ERROR, "No results with a severity of 'error' found!"),
        (Severity.WARN, "No results with a severity of 'warn' or higher found!"),
        (None, "No results with a severity of 'error' found!"),
    ],
)
def test_nothing_found(severity: Severity | None, said: str) -> None:
    assert render("stylish", LintReport((), ("a.yaml",), fail_severity=severity)) == f"\n{said}\n"


def test_no_text_makes_a_row_of_its_own(hostile: LintReport) -> None:
    lines = render("stylish", hostile).splitlines()
    assert [bool(line.strip()) for line in lines] == [True, False, True, True, False, True]
