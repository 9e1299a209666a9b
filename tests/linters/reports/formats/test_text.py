from __future__ import annotations

from dataclasses import replace

from linters.lint import Finding
from linters.reports import LintReport, render

EXPECTED = """\
orders.yaml

  error    6:9       auth-stated
    GET /orders states no `security`.
    6 │     get:
      │     ^^^^

  warning  7:20      naming-operation-id-camel
    `List_Orders` is not camelCase.
    7 │       operationId: List_Orders
      │                    ^^^^^^^^^^^

  hint     1:1       taste
    Hm.
    1 │ openapi: 3.1.1
      │ ^^^^^^^

shared/common parts.yaml

  info     1:1       rate-limit-stated
    No limit.

not judged  broken.yaml:3:7: The bracket is never closed. Close it.

1 error, 1 warning, 1 for information, 1 hint in 2 files judged by lading:recommended.
Why, and how to mend it: lading explain auth-stated
"""


def test_the_whole_of_it(report: LintReport) -> None:
    assert render("text", report) == EXPECTED


def test_nothing_found_is_said_too() -> None:
    clean = LintReport((), ("clean.yaml",), "lading:recommended")
    assert render("text", clean) == "✔ Nothing found in 1 file judged by lading:recommended.\n"


def test_what_was_not_judged_earns_no_tick(report: LintReport) -> None:
    text = render("text", replace(report, findings=(), files=()))
    assert "✔" not in text
    assert "not judged  broken.yaml:3:7" in text


def test_a_rule_that_fires_everywhere_is_cut_short_and_counted(findings: tuple[Finding, ...]) -> None:
    many = tuple(replace(findings[1], path=("paths", number)) for number in range(25))
    text = render("text", LintReport(many, ("orders.yaml",), per_rule=10))
    assert text.count("is not camelCase") == 10
    assert "… and 15 more of naming-operation-id-camel" in text
    assert "25 warnings" in text


def test_colour_only_when_asked_for(report: LintReport) -> None:
    assert "\x1b" not in render("text", report)
    assert "\x1b[1;31merror  \x1b[0m" in render("text", replace(report, colour=True))


def test_a_document_cannot_write_escape_sequences(findings: tuple[Finding, ...]) -> None:
    hostile = replace(findings[0], message="\x1b[2J\nfake.yaml", source="a\x1b]0;x.yaml", code="c\x07")
    text = render("text", LintReport((hostile,), ("a\x1b]0;x.yaml",)))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\nfake.yaml" not in text
