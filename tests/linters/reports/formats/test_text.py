from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.positions import Lines
from linters.lint import Finding
from linters.reports import Fix, LintReport, render
from linters.reports.help import RuleHelp
from tests.linters.reports.conftest import at

EXPECTED = """\
orders.yaml

   6:9  error    auth-stated
        GET /orders states no `security`.
        6 │     get:
          │     ^^^^

  7:20  warning  naming-operation-id-camel
        `List_Orders` is not camelCase.
        fix: Write `listOrders`
        7 │       operationId: List_Orders
          │                    ^^^^^^^^^^^

shared/common parts.yaml

  1:1  info     rate-limit-stated
       No limit.
       ↳ by the $ref at orders.yaml:5:3

not judged  broken.yaml:3:7: The bracket is never closed. Close it.

1 error, 1 warning, 1 for information in 2 files judged by lading:recommended, 1 suppressed.
Score: 71 of 100.
Why, and how to mend it: lading explain auth-stated
"""
TABLE = """\
orders.yaml

   6:9  error    auth-stated                GET /orders states no `security`.
  7:20  warning  naming-operation-id-camel  `List_Orders` is not camelCase.
                                            fix: Write `listOrders`

shared/common parts.yaml

  1:1  info     rate-limit-stated  No limit.
                                   ↳ by the $ref at orders.yaml:5:3

"""
NARROW = """\
orders.yaml

   6:9  error    auth-stated
        GET /orders states no `security`. That is a pity, because nobody can
        tell who may call it.
  7:20  warning  naming-operation-id-camel
        `List_Orders` is not camelCase.
        fix: Write `listOrders`

"""


def test_the_whole_of_it(full: LintReport) -> None:
    assert render("text", full) == EXPECTED


def test_without_excerpts_it_is_a_table(full: LintReport) -> None:
    assert render("text", replace(full, excerpts=False)).startswith(TABLE)


def test_in_a_narrow_terminal_messages_stand_below_and_nothing_is_wider(full: LintReport) -> None:
    wordy = replace(
        full.findings[0],
        message="GET /orders states no `security`. That is a pity, because nobody can tell who may call it.",
    )
    findings = (wordy, *full.findings[1:])
    text = render("text", replace(full, width=80, excerpts=False, findings=findings))
    assert text.startswith(NARROW)
    assert max(map(len, text.split("not judged")[0].splitlines())) <= 80


def test_the_lines_in_question_are_shown_where_there_are_few_findings_or_on_request(
    report: LintReport,
) -> None:
    many = replace(report, findings=tuple(replace(report.findings[1], path=(n,)) for n in range(21)))
    assert "│" not in render("text", many)
    assert render("text", replace(many, excerpts=True)).count("^" * 11) == 21
    assert "│" in render("text", report)
    assert "│" not in render("text", replace(report, excerpts=False))


def test_nothing_found_is_said_too() -> None:
    clean = LintReport((), ("clean.yaml",), "lading:recommended")
    assert render("text", clean) == "✔ Nothing found in 1 file judged by lading:recommended.\n"


def test_what_was_not_judged_earns_no_tick(report: LintReport) -> None:
    text = render("text", replace(report, findings=(), files=()))
    assert "✔" not in text
    assert "not judged  broken.yaml:3:7" in text


def test_rules_that_fire_everywhere_are_cut_short_and_counted_in_one_line(
    findings: tuple[Finding, ...],
) -> None:
    many = [replace(findings[1], path=("paths", number)) for number in range(25)]
    more = [replace(findings[0], path=("paths", number)) for number in range(12)]
    text = render("text", LintReport((*more, *many), ("orders.yaml",), per_rule=10))
    assert text.count("is not camelCase") == 10
    assert "… and 17 more (2 of auth-stated, 15 of naming-operation-id-camel); --all shows them" in " ".join(
        text.split()
    )
    assert "25 warnings" in text
    text = render("text", LintReport(tuple(many), ("orders.yaml",), per_rule=10))
    assert "… and 15 more of naming-operation-id-camel; --all shows them" in text


def test_colour_only_when_asked_for_and_never_alone(report: LintReport) -> None:
    assert "\x1b" not in render("text", report)
    assert "\x1b[1;31merror\x1b[0m  " in render("text", replace(report, colour=True))


def test_marks_stand_below_wide_characters(findings: tuple[Finding, ...]) -> None:
    finding = replace(findings[0], range=at(0, 4, 0, 6))
    text = render(
        "text", LintReport((finding,), ("orders.yaml",), texts={"orders.yaml": Lines("名前: 値段")})
    )
    shown, marks = text.splitlines()[4:6]
    assert shown.endswith("1 │ 名前: 値段")
    assert marks.endswith("│       ^^^^")


@pytest.mark.parametrize("colour", [True, False])
def test_a_document_cannot_write_escape_sequences(hostile: LintReport, colour: bool) -> None:
    text = render("text", replace(hostile, colour=colour))
    assert "\x1b[2J" not in text
    assert "\x1b]" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "\n::error" not in text
    assert "\n##teamcity" not in text


def test_a_fix_with_many_words_is_wrapped(report: LintReport) -> None:
    fix = Fix("Write " + "word " * 40, ())
    text = render("text", replace(report, width=80, fixes={report.findings[0]: fix}))
    assert max(map(len, text.split("not judged")[0].splitlines())) <= 80


def test_no_reason_is_promised_for_a_rule_that_gives_none(report: LintReport) -> None:
    bare = replace(report, help={"auth-stated": RuleHelp("auth-stated", "Says who may call.")})
    assert "Why, and how to mend it" in render("text", report)
    assert "Why, and how to mend it" not in render("text", bare)
