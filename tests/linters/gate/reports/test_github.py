from __future__ import annotations

import re
from dataclasses import replace

from linters.gate import Profile, decide
from linters.gate.reports import github
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, request, safe

COMMAND = re.compile(r"::(error|warning|notice) [^:\n]+::[^\n]*")


def test_checks_changes_and_findings_are_annotations() -> None:
    rule = {"given": "$.info.title", "message": "No.", "then": {"function": "falsy"}}
    asked = request(*breaking("1.1.0"), findings=None, ruleset=load_ruleset({"rules": {"x": rule}}))
    lines = github.render(decide(asked, Profile()), "erp/orders").splitlines()
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert lines[0].startswith("::error title=erp/orders gate%3A compatibility::")
    change = next(line for line in lines if "title=request-property-became-required" in line)
    assert re.match(r"::error file=contract\.yaml,line=\d+,", change)
    assert any(line.startswith("::warning file=contract.yaml,") and line.endswith("::No.") for line in lines)


def test_a_pass_with_nothing_to_say_says_nothing() -> None:
    assert github.render(decide(request(*safe()), Profile())) == ""


def test_each_kind_is_bounded_and_what_is_left_out_is_counted() -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    assert result.comparison is not None
    many = replace(result.comparison, changes=result.comparison.changes[:1] * 25)
    lines = github.render(replace(result, comparison=many)).splitlines()
    assert sum("title=request-property" in line for line in lines) == github.MOST
    assert lines[-1] == "::notice title=Lading::15 more changes are in `lading gate --format markdown`."


def test_no_text_can_start_a_command_of_its_own() -> None:
    evil = "x\n::error::y\r\x1b[2J,:"
    rule = {"given": "$.info.title", "message": "{{value}}", "then": {"function": "falsy"}}
    contract = http(info={"title": evil, "version": "1.0.0"})
    asked = request(None, contract, findings=None, ruleset=load_ruleset({"rules": {"x": rule}}))
    text = github.render(decide(asked, Profile()), evil)
    assert all(COMMAND.fullmatch(line) for line in text.splitlines())
    assert "\x1b" not in text
