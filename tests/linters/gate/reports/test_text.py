from __future__ import annotations

import re
from datetime import date

from linters.gate import Approval, Profile, decide
from linters.gate.reports import text
from linters.gate.run import Judged, Run
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, one, request, safe


def test_every_check_has_its_line_and_the_end_says_what_it_is() -> None:
    shown = text.render(one(decide(request(*breaking("1.1.0")), Profile()), "erp/orders"))
    assert shown.startswith("erp/orders\n")
    assert "✗ compatibility" in shown
    assert "BREAKING  POST /orders" in shown
    assert "? impact" in shown
    assert shown.endswith("✗ FAIL under the profile default.\nThe next version would be 2.0.0.\n")


def test_a_pass_is_short() -> None:
    shown = text.render(one(decide(request(*safe()), Profile())))
    assert "BREAKING" not in shown
    assert shown.endswith("✓ PASS under the profile default.\n")
    assert "\x1b" not in shown
    assert "\x1b[32m" in text.render(one(decide(request(*safe()), Profile())), colour=True)


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
    shown = text.render(
        one(decide(request(None, contract, findings=None, ruleset=rules), Profile())), width=70
    )
    assert re.search(r"^  contract\.yaml:\d+:\d+  error  untitled$", shown, re.MULTILINE)
    assert "Why, and how to mend it: lading explain untitled" in shown
    assert "\x1b" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())


def test_what_is_suppressed_is_counted() -> None:
    rules = load_ruleset({"rules": {"titled": {"given": "$.info.title", "then": {"function": "falsy"}}}})
    contract = http(**{"x-lading-ignore": {"rule": "titled", "reason": "Agreed."}})
    shown = text.render(one(decide(request(None, contract, findings=None, ruleset=rules), Profile())))
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
    shown = text.render(one(decide(asked, Profile(ratchet=True))))
    assert "✗ lint           More findings than in 1.0.0: schemas (1 instead of 0)." in shown
    assert re.search(r"contract\.yaml:\d+:\d+  warning  schemas\n", shown)
    assert "titled" not in shown, "that was there before"


def test_of_many_those_that_pass_are_one_line_each_and_the_end_counts_them() -> None:
    bad, good = decide(request(*breaking("1.1.0")), Profile()), decide(request(*safe()), Profile())
    run = Run((Judged("a.yaml", good, how="new"), Judged("b.yaml", bad)), ("Something.",), "main (abc)")
    lines = text.render(run).splitlines()
    assert lines[0] == "b.yaml"
    assert "✓ PASS  a.yaml (new)" in lines
    assert lines[-2:] == ["1 fail, 1 pass of 2 contracts, compared with main (abc).", "note: Something."]
    assert text.render(Run((), (), "main")) == "No contract changed, compared with main.\n"


def test_what_is_approved_is_not_called_breaking() -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    assert result.comparison is not None
    approval = Approval(result.comparison.changes[0].fingerprint, "Asked.", "board", date(2026, 3, 31))
    shown = text.render(one(decide(request(*breaking("1.1.0"), approvals=(approval,)), Profile())))
    assert "BREAKING" not in shown
    assert "approved by board until 2026-03-31: Asked" in shown
