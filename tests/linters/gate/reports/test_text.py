from __future__ import annotations

import re

from linters.gate import Profile, decide
from linters.gate.reports import text
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, request, safe


def test_every_check_has_its_line_and_the_end_says_what_it_is() -> None:
    shown = text.render(decide(request(*breaking("1.1.0")), Profile()), "erp/orders")
    assert shown.startswith("erp/orders\n")
    assert "✗ compatibility" in shown
    assert "BREAKING  POST /orders" in shown
    assert "? impact" in shown
    assert shown.endswith("✗ FAIL under the profile default.\nThe next version would be 2.0.0.\n")


def test_a_pass_is_short() -> None:
    shown = text.render(decide(request(*safe()), Profile()))
    assert "BREAKING" not in shown
    assert shown.endswith("✓ PASS under the profile default.\n")
    assert "\x1b" not in shown
    assert "\x1b[32m" in text.render(decide(request(*safe()), Profile()), colour=True)


def test_findings_that_fail_say_where_how_grave_and_where_to_read_on() -> None:
    rule = {
        "given": "$.info.title",
        "severity": "error",
        "message": "{{value}}",
        "then": {"function": "falsy"},
    }
    rules = load_ruleset({"rules": {"untitled": rule}})
    evil = "\x1b[2J ::error::x " * 9
    contract = http(info={"title": evil, "version": "1.0.0"})
    shown = text.render(decide(request(None, contract, findings=None, ruleset=rules), Profile()), width=70)
    assert re.search(r"^  contract\.yaml:\d+:\d+  error  untitled$", shown, re.MULTILINE)
    assert "Why, and how to mend it: lading explain untitled" in shown
    assert "\x1b" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())


def test_what_is_suppressed_is_counted() -> None:
    rules = load_ruleset({"rules": {"titled": {"given": "$.info.title", "then": {"function": "falsy"}}}})
    contract = http(**{"x-lading-ignore": {"rule": "titled", "reason": "Agreed."}})
    shown = text.render(decide(request(None, contract, findings=None, ruleset=rules), Profile()))
    assert "1 finding suppressed, with a reason for each." in shown


def test_under_a_ratchet_what_is_new_is_shown() -> None:
    rules = load_ruleset(
        {
            "rules": {
                "titled": {"given": "$.info.title", "severity": "error", "then": {"function": "falsy"}},
                "schemas": {"given": "$.components.schemas[*]", "then": {"function": "falsy"}},
            }
        }
    )
    asked = request(http(), http(schemas={"Added": {}}, version="1.1.0"), findings=None, ruleset=rules)
    shown = text.render(decide(asked, Profile(ratchet=True)))
    assert "✗ lint           More findings than in 1.0.0: schemas (1 instead of 0)." in shown
    assert re.search(r"contract\.yaml:\d+:\d+  warning  schemas\n", shown)
    assert "titled" not in shown, "that was there before"
