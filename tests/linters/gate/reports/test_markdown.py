from __future__ import annotations

from linters.gate import Profile, decide
from linters.gate.reports import markdown
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, request


def test_the_most_important_comes_first() -> None:
    shown = markdown.render(decide(request(*breaking("1.1.0")), Profile()), "erp/orders")
    assert shown.startswith("## ❌ Gate: fail · erp/orders\n")
    assert shown.index("| ❌ | compatibility |") < shown.index("### Changes")
    assert "The next version would be `2.0.0`." in shown
    assert shown.endswith("Profile `default`.\n")


def test_what_a_contract_says_is_no_markup_and_mentions_nobody() -> None:
    rules = load_ruleset(
        {"rules": {"x": {"given": "$.info.title", "message": "{{value}}", "then": {"function": "falsy"}}}}
    )
    evil = "<img src=x> @team [l](http://evil.example) `a` | b"
    contract = http(info={"title": evil, "version": "1.0.0"})
    text = markdown.render(decide(request(None, contract, findings=None, ruleset=rules), Profile()), evil)
    assert "<img" not in text.replace("\\<img", "")
    assert "@team" not in text.replace("\\@team", "")
    assert "](http" not in text
