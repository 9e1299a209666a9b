from __future__ import annotations

from linters.lint import load_ruleset
from linters.reports import RuleHelp, help_of


def test_markdown_fences_the_snippets_and_links_the_source() -> None:
    text = RuleHelp("r", "What.", "warn", "Why.", "a: 1\n", "a: 2\n", "https://example.com").as_markdown()
    assert text == (
        "What.\n\nWhy.\n\nGood:\n\n```yaml\na: 1\n```\n\nBad:\n\n```yaml\na: 2\n```\n\nSource: <https://example.com>"
    )


def test_what_is_not_there_leaves_no_hole() -> None:
    assert RuleHelp("r", "What.").as_markdown() == "What."
    assert RuleHelp("r", "What.", bad="a: 2\n").as_text() == "What.\n\nBad:\na: 2"


def test_help_comes_from_what_a_ruleset_says_of_its_rules() -> None:
    ruleset = load_ruleset(
        {
            "rules": {
                "mine": {
                    "description": "What.",
                    "severity": "error",
                    "given": "$",
                    "then": {"function": "truthy"},
                    "why": "Why.\n",
                    "good": "a: 1\n",
                    "bad": "a: 2\n",
                    "source": "https://example.com/source",
                    "area": "taste",
                },
                "spectral-like": {
                    "documentationUrl": "https://example.com/doc",
                    "given": "$",
                    "then": {"function": "truthy"},
                    "source": "The house's handbook, page 3",
                },
                "off": {"severity": "off", "given": "$", "then": {"function": "truthy"}},
            }
        }
    )
    help_ = help_of(ruleset)
    assert help_ == {
        "mine": RuleHelp(
            "mine", "What.", "error", "Why.", "a: 1\n", "a: 2\n", "https://example.com/source", "taste"
        ),
        "spectral-like": RuleHelp("spectral-like", url="https://example.com/doc"),
    }


def test_a_source_that_is_no_address_is_no_link() -> None:
    rule = {"given": "$", "then": {"function": "truthy"}, "source": "javascript:alert(1)"}
    assert help_of(load_ruleset({"rules": {"mine": rule}}))["mine"].url == ""
