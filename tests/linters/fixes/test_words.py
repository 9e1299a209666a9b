"""Names in another case."""

from __future__ import annotations

import pytest

from linters.fixes.edits import CannotFix
from linters.fixes.words import in_case


@pytest.mark.parametrize(
    ("text", "case", "wanted"),
    [
        ("order_number", "camel", "orderNumber"),
        ("OrderID", "camel", "orderId"),
        ("HTTPServer", "snake", "http_server"),
        ("purchaseOrders", "kebab", "purchase-orders"),
        ("order.line", "pascal", "OrderLine"),
        ("line2Total", "macro", "LINE2_TOTAL"),
        ("$Filter_by", "camel", "$filterBy"),
        ("x-requestId", "header", "X-RequestId"),
    ],
)
def test_words_are_found_and_joined(text: str, case: str, wanted: str) -> None:
    assert in_case(text, case) == wanted


@pytest.mark.parametrize("text", ["", "---", "größe"])
def test_what_has_no_words_has_no_case(text: str) -> None:
    with pytest.raises(CannotFix):
        in_case(text, "camel")
