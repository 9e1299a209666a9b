from __future__ import annotations

import json

from linters.reports import LintReport, RuleHelp, render
from linters.reports.formats.codeclimate import _CATEGORIES

CATEGORIES = {
    "Bug Risk", "Clarity", "Compatibility", "Complexity", "Duplication", "Performance", "Security", "Style",
}  # fmt: skip
"""What the specification of Code Climate's engines allows."""


def test_issues_with_a_type_a_category_and_the_rules_words(report: LintReport) -> None:
    first, second, *_, last = json.loads(render("codeclimate", report))
    assert first["type"] == "issue"
    assert first["categories"] == ["Security"]
    assert first["content"] == {"body": report.help["auth-stated"].as_markdown()}
    assert second["categories"] == ["Style"]
    assert "content" not in second
    assert last["severity"] == "blocker"


def test_categories_are_those_of_the_specification() -> None:
    assert set(_CATEGORIES.values()) <= CATEGORIES


def test_a_rule_that_says_nothing_has_no_content(report: LintReport) -> None:
    bare = LintReport(report.findings[:1], (), help={"auth-stated": RuleHelp("auth-stated")})
    assert "content" not in json.loads(render("codeclimate", bare))[0]
