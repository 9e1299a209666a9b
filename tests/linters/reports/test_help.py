from __future__ import annotations

from linters.reports import RuleHelp


def test_markdown_fences_the_snippets_and_links_the_source() -> None:
    text = RuleHelp("r", "What.", "warn", "Why.", "a: 1\n", "a: 2\n", "https://example.com").as_markdown()
    assert text == (
        "What.\n\nWhy.\n\nGood:\n\n```yaml\na: 1\n```\n\nBad:\n\n```yaml\na: 2\n```\n\nSource: <https://example.com>"
    )


def test_what_is_not_there_leaves_no_hole() -> None:
    assert RuleHelp("r", "What.").as_markdown() == "What."
    assert RuleHelp("r", "What.", bad="a: 2\n").as_text() == "What.\n\nBad:\na: 2"
