from __future__ import annotations

from dataclasses import replace

from linters.gate import GateResult
from linters.gate.reports import text
from tests.linters.gate.asking import finding


def test_a_refusal_says_why_and_what_would_be_right(refused: GateResult) -> None:
    shown = text.render(refused, "erp/orders: orders.yaml")
    lines = shown.splitlines()
    assert lines[0] == "erp/orders: orders.yaml"
    assert "  ✓ validity       The document is valid." in lines
    assert "  ? version        No numbers." in lines
    assert "It breaks 1 consumer: wms.  (told, does not decide)" in shown
    assert "  orders.yaml:5  naming  Use <b> | not this." in lines
    assert "taste" not in shown
    assert "✗ FAIL under the profile default." in lines
    assert lines[-1] == "The next version would be 2.0.0."
    assert shown.endswith("\n")


def test_what_breaks_is_shown(refused: GateResult) -> None:
    assert refused.comparison is not None
    assert refused.comparison.changes[0].id in text.render(refused)


def test_a_pass_is_short(passed: GateResult) -> None:
    assert text.render(passed).splitlines() == [
        "  ✓ lint           Nothing was found.",
        "",
        "✓ PASS under the profile default.",
    ]


def test_nothing_in_a_document_reaches_the_terminal_as_a_command(refused: GateResult) -> None:
    assert "\x1b" not in text.render(refused)
    assert "\x1b[31;1m✗\x1b[0m lint" in text.render(refused, colour=True)


def test_many_findings_are_cut_short(refused: GateResult) -> None:
    shown = text.render(replace(refused, findings=(finding(),) * 25))
    assert "  … and 5 more; `lading lint` shows all." in shown.splitlines()
    assert shown.count("orders.yaml:5") == text.FINDINGS
