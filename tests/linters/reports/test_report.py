from __future__ import annotations

from dataclasses import replace

import pytest

from linters.lint import Finding, Severity
from linters.reports import LintReport


@pytest.mark.parametrize(
    ("severity", "codes"),
    [
        (Severity.ERROR, ["auth-stated"]),
        (Severity.WARN, ["auth-stated", "naming-operation-id-camel"]),
        (Severity.HINT, ["auth-stated", "naming-operation-id-camel", "rate-limit-stated", "taste"]),
        (None, []),
    ],
)
def test_what_fails_depends_on_the_severity_asked_for(
    report: LintReport, severity: Severity | None, codes: list[str]
) -> None:
    assert [f.code for f in replace(report, fail_severity=severity).failures] == codes


def test_findings_are_grouped_by_file_in_the_order_the_files_were_given(
    report: LintReport, findings: tuple[Finding, ...]
) -> None:
    swapped = replace(report, files=("shared/common parts.yaml", "orders.yaml"))
    assert [source for source, _ in report.by_file()] == ["orders.yaml", "shared/common parts.yaml"]
    assert [source for source, _ in swapped.by_file()] == ["shared/common parts.yaml", "orders.yaml"]
    assert sum(len(group) for _, group in report.by_file()) == len(findings)


def test_lines_come_from_the_texts_at_hand(report: LintReport) -> None:
    assert report.line("orders.yaml", 2) == "  title: Orders"
    assert report.line("orders.yaml", 99) == ""
    assert report.line("elsewhere.yaml", 0) == ""


def test_counts(report: LintReport) -> None:
    assert report.counts[Severity.ERROR] == 1


def test_what_a_ratchet_does_not_let_pass_fails_however_mild(report: LintReport) -> None:
    mild = report.findings[-1]
    held = replace(report, worse=frozenset({mild}))
    assert mild in held.failures
    assert replace(held, fail_severity=None).failures == ()
