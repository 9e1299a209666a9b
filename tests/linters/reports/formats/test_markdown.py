from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from linters.lint import Finding, Severity
from linters.reports import LintReport, RuleHelp, render
from linters.reports.formats.markdown import MOST, escaped, with_code

EXPECTED = """\
### ❌ 1 error, 1 warning, 1 for information

2 files judged by `lading:recommended`; 1 suppressed.

- **not judged** broken.yaml:3:7: The bracket is never closed. Close it.

#### ❌ 1 error

| place | rule | finding |
|---|---|---|
| orders.yaml:6 | [auth-stated](<https://example.com/why>) | GET /orders states no `security`. |

<details><summary>⚠️ 1 warning</summary>

| place | rule | finding |
|---|---|---|
| orders.yaml:7 | naming-operation-id-camel | `List_Orders` is not camelCase. **Fix:** Write `listOrders` |

</details>

<details><summary>ℹ️ 1 for information</summary>

| place | rule | finding |
|---|---|---|
| shared/common parts.yaml:1 | rate-limit-stated | No limit. (by the reference at orders.yaml:5) |

</details>

<details><summary>Why these rules</summary>

- **[auth-stated](<https://example.com/why>)**: Because.

</details>

<details><summary>1 suppressed</summary>

- orders.yaml:1 taste: Agreed with the architects.

</details>

Score: 71 of 100.
"""
OURS = re.compile(r"\s*(<details><summary>[^<>]*</summary>|</details>)\s*")
PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def markup(text: str) -> list[str]:
    """HTML and links that Markdown makes of a text, but for the folds that we write ourselves."""
    found = []
    for block in PARSER.parse(text):
        for token in [block, *(block.children or ())]:
            if token.type in ("html_block", "html_inline") and not OURS.fullmatch(token.content):
                found.append(token.content)
            if token.type in ("link_open", "image", "fence", "code_block"):
                found.append(f"{token.type} {token.attrs}")
    return found


def test_the_whole_of_it(full: LintReport) -> None:
    assert render("markdown", full) == EXPECTED


def test_what_does_not_fail_is_folded_away(full: LintReport) -> None:
    text = render("markdown", replace(full, fail_severity=Severity.WARN))
    assert "#### ⚠️ 1 warning" in text
    assert "<summary>ℹ️ 1 for information" in text
    assert "<summary>❌ 1 error" in render("markdown", replace(full, fail_severity=None))


def test_what_a_ratchet_does_not_let_pass_is_not_folded_away(full: LintReport) -> None:
    text = render("markdown", replace(full, worse=frozenset(full.findings[1:2])))
    assert "#### ⚠️ 1 warning" in text


@pytest.mark.parametrize("number", [400, 3_000])
def test_it_always_fits_into_a_comment_and_says_what_does_not(report: LintReport, number: int) -> None:
    wordy = replace(report.findings[0], message="word `code` | " * 40)
    errors = tuple(replace(wordy, path=(n,)) for n in range(number))
    others = tuple(replace(report.findings[1], path=(n,)) for n in range(number))
    text = render("markdown", replace(report, findings=(*errors, *others)))
    assert len(text) <= MOST
    assert f"### ❌ {number:,} errors, {number:,} warnings" in text
    shown = text.count("| orders.yaml:6 |")
    assert f"… {number - shown:,} more, for which a comment has no room" in text


def test_a_document_cannot_break_the_table_mention_people_or_write_html() -> None:
    assert escaped("a|b\n@team <img src=x> [x](y)") == r"a\|b \@team \<img src=x\> \[x\]\(y\)"
    assert escaped("http://evil.example www.evil.example") == r"http\://evil.example www\.evil.example"


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
    assert "| orders.yaml:6 | auth-stated |" in render("markdown", odd)


def test_nothing_found_and_nothing_judged_look_different(report: LintReport) -> None:
    assert render("markdown", LintReport((), ("a.yaml",), "r")).startswith("### ✅ Nothing found")
    assert render("markdown", replace(report, findings=())).startswith("### ❔ Nothing found")


def test_a_rule_that_fires_everywhere_is_cut_short(findings: tuple[Finding, ...]) -> None:
    many = tuple(replace(findings[1], path=(number,)) for number in range(25))
    text = render("markdown", LintReport(many, ("orders.yaml",), per_rule=10))
    assert "| orders.yaml | naming-operation-id-camel | … and 15 more |" in text


def test_hostile_text_is_neither_markup_nor_a_row_of_its_own(hostile: LintReport) -> None:
    text = render("markdown", hostile)
    assert markup(text) == []
    assert sum(line.startswith("|") for line in text.splitlines()) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.sampled_from("`*_{}[]()<>#+-!|~&@:/.\\ \nab\"'=1")))
def test_no_text_becomes_markup(findings: tuple[Finding, ...], text: str) -> None:
    finding = replace(findings[0], message=text, source="x" + text, code="x" + text)
    assert markup(render("markdown", LintReport((finding,), ()))) == []
