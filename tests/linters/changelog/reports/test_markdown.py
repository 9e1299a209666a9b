from __future__ import annotations

from dataclasses import replace

from linters.changelog.reports import markdown
from tests.linters.changelog.building import orders


def test_versions_with_their_dates_and_operations_with_sentences() -> None:
    shown = markdown.render(orders())
    assert shown.startswith("# Changes of Orders\n\n## 2.0.1 · 2026-01-01\n")
    assert "### `POST /orders`\n\n- **Breaking:** The property `sku` of the request body" in shown
    assert "*Deprecated; its last day is 2035-06-30*" in shown
    assert "older versions" in markdown.render(replace(orders(), cut=True))


def test_what_a_contract_says_is_no_markup() -> None:
    shown = markdown.render(orders("<img src=x> @team [l](http://evil.example)"))
    assert "<img" not in shown.replace("\\<img", "")
    assert "](http" not in shown
    assert "@team" not in shown.replace("\\@team", "")
