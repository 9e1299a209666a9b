from __future__ import annotations

from dataclasses import replace

import pytest

from linters.lint import Finding
from linters.reports import LintReport, RuleHelp, render
from linters.reports.formats.markdown import escaped, with_code

EXPECTED = """\
### ❌ 1 error, 1 warning, 1 for information, 1 hint

2 files judged by `lading:recommended`.

- **not judged** broken.yaml:3:7: The bracket is never closed. Close it.

#### orders.yaml

| | line | rule | finding |
|---|---:|---|---|
| ❌ | 6 | [auth-stated](<https://example.com/why>) | GET /orders states no `security`. |
| ⚠️ | 7 | naming-operation-id-camel | `List_Orders` is not camelCase. |
| 💡 | 1 | taste | Hm. |

#### shared/common parts.yaml

| | line | rule | finding |
|---|---:|---|---|
| ℹ️ | 1 | rate-limit-stated | No limit. |
"""


def test_the_whole_of_it(report: LintReport) -> None:
    assert render("markdown", report) == EXPECTED


def test_a_document_cannot_break_the_table_mention_people_or_write_html() -> None:
    assert escaped("a|b\n@team <img src=x> [x](y)") == r"a\|b \@team \<img src=x\> \[x\]\(y\)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no `a_b` here", "no `a_b` here"),
        ("`<b>` *x*", "`<b>` \\*x\\*"),
        ("`a|b`", "`a\\|b`"),
        ("a ` b", "a \\` b"),
        ("`` <b>", "\\`\\` \\<b\\>"),
        ("`a``<b>`", "\\`a\\`\\`\\<b\\>\\`"),
    ],
)
def test_what_stands_between_backticks_is_code(text: str, shown: str) -> None:
    assert with_code(text) == shown


def test_a_strange_address_is_not_linked(report: LintReport) -> None:
    odd = replace(report, help={"auth-stated": RuleHelp("auth-stated", url="javascript:x> onclick")})
    assert "| ❌ | 6 | auth-stated |" in render("markdown", odd)


def test_nothing_found_and_nothing_judged_look_different(report: LintReport) -> None:
    assert render("markdown", LintReport((), ("a.yaml",), "r")).startswith("### ✅ Nothing found")
    assert render("markdown", replace(report, findings=())).startswith("### ❔ Nothing found")


def test_a_rule_that_fires_everywhere_is_cut_short(findings: tuple[Finding, ...]) -> None:
    many = tuple(replace(findings[1], path=(number,)) for number in range(25))
    text = render("markdown", LintReport(many, ("orders.yaml",), per_rule=10))
    assert "| | | naming-operation-id-camel | … and 15 more |" in text
