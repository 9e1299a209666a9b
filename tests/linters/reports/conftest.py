"""A report with everything that a format must cope with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.errors import Unreadable
from contracts.positions import Lines, Position, Range
from linters.lint import Finding, Severity
from linters.reports import Edit, Fix, LintReport, Related, RuleHelp, Suppressed

TEXT = """openapi: 3.1.1
info:
  title: Orders
paths:
  /orders:
    get:
      operationId: List_Orders
"""


def at(line: int, start: int, end_line: int, end: int) -> Range:
    return Range(Position(line, start), Position(end_line, end))


@pytest.fixture
def findings() -> tuple[Finding, ...]:
    return (
        Finding("auth-stated", "GET /orders states no `security`.", ("paths", "/orders", "get"),
                Severity.ERROR, at(5, 8, 6, 30), "orders.yaml"),
        Finding("naming-operation-id-camel", "`List_Orders` is not camelCase.",
                ("paths", "/orders", "get", "operationId"), Severity.WARN, at(6, 19, 6, 30), "orders.yaml"),
        Finding("rate-limit-stated", "No limit.", (), Severity.INFO, at(0, 0, 6, 30), "shared/common parts.yaml"),
        Finding("taste", "Hm.", ("a~b", 0), Severity.HINT, at(0, 0, 0, 7), "orders.yaml"),
    )  # fmt: skip


@pytest.fixture
def report(findings: tuple[Finding, ...]) -> LintReport:
    return LintReport(
        findings=findings,
        files=("orders.yaml", "clean.yaml"),
        ruleset="lading:recommended",
        unread=(Unreadable("syntax", "The bracket is never closed.", "broken.yaml", 3, 7, advice="Close it."),),
        help={
            "auth-stated": RuleHelp(
                "auth-stated", "Every operation says who may call it.", "error", "Because.", "a: 1\n", "b: 2\n",
                "https://example.com/why", "auth",
            )
        },
        texts={"orders.yaml": Lines(TEXT)},
        version="0.1.0",
    )  # fmt: skip


@pytest.fixture
def full(report: LintReport) -> LintReport:
    """The same with everything that may be attached to findings."""
    _, naming, limit, taste = report.findings
    edit = Edit("orders.yaml", naming.range, "listOrders")
    return replace(
        report,
        findings=(report.findings[0], naming, limit),
        suppressed=(Suppressed(taste, "Agreed with the architects.", "inSource"),),
        fixes={naming: Fix("Write `listOrders`", (edit,))},
        related={limit: Related("orders.yaml", at(4, 2, 4, 9), ("paths", "/orders"))},
        notes=("Score: 71 of 100.",),
    )


@pytest.fixture
def hostile(report: LintReport, findings: tuple[Finding, ...]) -> LintReport:
    """Everything that a person can write is written by somebody who means harm."""
    evil = (
        "\x1b[2J\x1b]0;x\x07<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\r\n::error::pwned\n"
        "##teamcity[x]\n| a | @everyone [l](javascript:x) ]]> &amp; {{ 7*7 }} \x00\ufffe\u202e `<b>` \ud800 ' |["
    )
    finding = replace(findings[0], message=evil, source=evil, code=evil, path=(evil,))
    place = at(0, 0, 0, 5)
    return LintReport(
        findings=(finding,),
        files=(evil,),
        ruleset=evil,
        unread=(Unreadable(evil, evil, evil, 1, 1, advice=evil),),
        help={evil: RuleHelp(evil, evil, "error", evil, evil, evil, f"https://example.com/{evil}", evil)},
        texts={evil: Lines(evil)},
        version="0.1.0",
        suppressed=(Suppressed(replace(finding, message="x" + evil), evil),),
        fixes={finding: Fix(evil, (Edit(evil, place, evil),))},
        related={finding: Related(evil, place, (evil,))},
        notes=(evil,),
    )
