"""A report with everything that a format must cope with."""

from __future__ import annotations

import pytest

from contracts.errors import Unreadable
from contracts.positions import Lines, Position, Range
from linters.lint import Finding, Severity
from linters.reports import LintReport, RuleHelp

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
