from __future__ import annotations

import time
from typing import Any

import pytest

from tests.linters.lint.linting import ask

WORDS = {
    "flat": ("ordernumber1", "orderNumber"),
    "camel": ("orderNumberX2", "OrderNumber"),
    "pascal": ("OrderNumber", "order-number"),
    "kebab": ("order-number", "order_number"),
    "cobol": ("ORDER-NUMBER", "Order-Number"),
    "snake": ("order_number", "order__number"),
    "macro": ("ORDER_NUMBER", "order_number"),
}


@pytest.mark.parametrize("case", WORDS)
def test_each_case_has_its_words(case: str) -> None:
    good, bad = WORDS[case]
    assert ask("casing", good, {"type": case}) == []
    assert len(ask("casing", bad, {"type": case})) == 1


@pytest.mark.parametrize(
    ("text", "options", "good"),
    [
        ("order1", {"type": "flat", "disallowDigits": True}, False),
        ("X-Rate-Limit", {"type": "pascal", "separator": {"char": "-"}}, True),
        ("x-rate", {"type": "pascal", "separator": {"char": "-"}}, False),
        ("/orders/by-day", {"type": "kebab", "separator": {"char": "/", "allowLeading": True}}, True),
        ("/orders", {"type": "kebab", "separator": {"char": "/"}}, False),
        ("/", {"type": "kebab", "separator": {"char": "/", "allowLeading": True}}, True),
        ("OrderNumber", {"type": "pascal", "separator": {"char": ""}}, True),
        ("orderNumber", {"type": "pascal", "separator": {"char": ""}}, False),
        ("", {"type": "camel"}, True),
        (3, {"type": "camel"}, True),
        ("aBC", {"type": "camel"}, False),
        ("aB", {"type": "camel"}, True),
    ],
)
def test_digits_and_separators(text: Any, options: dict[str, Any], good: bool) -> None:
    assert (ask("casing", text, options) == []) is good


def test_long_names_cost_no_more_than_their_length() -> None:
    start = time.perf_counter()
    assert ask("casing", "a" + "1" * 50_000 + "!", {"type": "camel"})
    assert time.perf_counter() - start < 5
