from __future__ import annotations

from dataclasses import replace

from linters.gate import GateResult
from linters.gate.reports import markdown
from tests.linters.gate.asking import finding


def test_a_refusal_for_a_pull_request(refused: GateResult) -> None:
    shown = markdown.render(refused, "erp/orders")
    lines = shown.splitlines()
    assert lines[0] == "## ❌ Gate: fail · erp/orders"
    assert "| ❓ | version | No numbers. |" in lines
    assert "| ❌ | impact | It breaks 1 consumer: wms. *(told, does not decide)* |" in lines
    assert "The next version would be `2.0.0`." in lines
    assert "### Changes" in lines
    assert "<summary>2 findings</summary>" in lines
    assert lines[-1] == "Profile `default`."


def test_nothing_in_a_document_breaks_the_table_or_becomes_markup(refused: GateResult) -> None:
    shown = markdown.render(refused)
    assert "a\\|b &lt;i&gt;" in shown
    assert "- `orders.yaml:5` **naming** (error) Use &lt;b&gt; \\| not this." in shown
    assert "\x1b" not in shown


def test_a_pass_asks_for_nothing(passed: GateResult) -> None:
    shown = markdown.render(passed)
    assert shown.startswith("## ✅ Gate: pass\n")
    assert "next version" not in shown
    assert "Changes" not in shown


def test_many_findings_are_cut_short(refused: GateResult) -> None:
    shown = markdown.render(replace(refused, findings=(finding(),) * 60))
    assert "- … and 10 more" in shown
