from __future__ import annotations

from linters.diff.reports import markdown
from linters.diff.verdicts import Comparison
from tests.linters.diff.test_verdicts import change


def test_what_breaks_is_a_table_and_what_is_safe_is_folded_away() -> None:
    shown = markdown.render(Comparison.of([change(), change(verdict="safe")], "backward"), "a → b")
    assert shown.index("#### ❌ Breaking") < shown.index("<details>")
    assert "| `POST /orders` | The property `sku` is required now.<br>↳ `the base takes" in shown


def test_text_of_the_contract_breaks_no_table() -> None:
    shown = markdown.render(Comparison.of([change(message="a | b <script> *x*")], "backward"))
    assert "a \\| b &lt;script&gt; \\*x\\*" in shown


def test_tables_are_bounded() -> None:
    many = [change(id=f"check-{n}") for n in range(150)]
    assert "… and 50 more" in markdown.render(Comparison.of(many, "backward"))
