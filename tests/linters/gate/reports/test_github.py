from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from linters.gate import Approval, Profile, decide
from linters.gate.reports import github
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, one, request, safe

COMMAND = re.compile(r"::(error|warning|notice) [^:\n]+::[^\n]*")


def test_checks_changes_and_findings_are_annotations() -> None:
    rule = {"given": "$.info.title", "message": "No.", "then": {"function": "falsy"}}
    asked = request(*breaking("1.1.0"), findings=None, ruleset=load_ruleset({"rules": {"x": rule}}))
    lines = github.render(one(decide(asked, Profile()), "erp/orders")).splitlines()
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert lines[0].startswith("::error file=contract.yaml,title=erp/orders gate%3A compatibility::")
    change = next(line for line in lines if "title=request-property-became-required" in line)
    assert re.match(r"::error file=contract\.yaml,line=\d+,", change)
    assert any(line.startswith("::warning file=contract.yaml,") and line.endswith("::No.") for line in lines)


def test_a_pass_with_nothing_to_say_says_nothing() -> None:
    assert github.render(one(decide(request(*safe()), Profile()))) == ""


def test_each_kind_is_bounded_and_what_is_left_out_is_counted() -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    assert result.comparison is not None
    many = replace(result.comparison, changes=result.comparison.changes[:1] * 25)
    lines = github.render(one(replace(result, comparison=many))).splitlines()
    assert sum("title=request-property" in line for line in lines) == github.MOST
    assert lines[-1] == "::notice title=Lading::15 more changes are in `lading gate --format markdown`."


def test_no_text_can_start_a_command_of_its_own() -> None:
    evil = "x\n::error::y\r\x1b[2J,:"
    rule = {"given": "$.info.title", "message": "{{value}}", "then": {"function": "falsy"}}
    contract = http(info={"title": evil, "version": "1.0.0"})
    asked = request(None, contract, findings=None, ruleset=load_ruleset({"rules": {"x": rule}}))
    text = github.render(one(decide(asked, Profile()), evil))
    assert all(COMMAND.fullmatch(line) for line in text.splitlines())
    assert "\x1b" not in text


def test_what_is_gone_is_told_at_the_file_and_not_at_a_line_of_the_base() -> None:
    base, revision = http(path="/orders"), http(path="/bookings", version="1.1.0")
    lines = github.render(one(decide(request(base, revision), Profile()), source="api/orders.yaml"))
    (line,) = [
        line
        for line in lines.splitlines()
        if "title=api-" in line and "/orders" in line and line.startswith("::error")
    ]
    assert line.startswith("::error file=api/orders.yaml,title=")


def test_what_is_approved_is_no_annotation() -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    assert result.comparison is not None
    approval = Approval(result.comparison.changes[0].fingerprint, "Asked.", "board", date(2026, 3, 31))
    approved = decide(request(*breaking("1.1.0"), approvals=(approval,)), Profile())
    assert github.render(one(approved)) == ""
