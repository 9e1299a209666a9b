"""Which text becomes which."""

from __future__ import annotations

import pytest

from linters.fixes.edits import CannotFix
from linters.fixes.texts import changed


def test_the_first_pattern_that_is_found_counts() -> None:
    assert (
        changed("http://x", {"replace": [["^ws:", "wss:"], ["^http:", "https:"], ["x", "y"]]}) == "https://x"
    )


def test_each_word_gets_its_case_outside_of_what_is_left_alone() -> None:
    options = {"casing": "kebab", "words": "[A-Za-z0-9_-]+", "outside": r"\{[^{}]*\}"}
    assert changed("/purchaseOrders/{orderNumber}/Lines", options) == "/purchase-orders/{orderNumber}/lines"


@pytest.mark.parametrize(
    "options", [{"casing": "kebab"}, {"replace": [["a", "b"]]}, {"replace": [[".+", ""]]}]
)
def test_no_change_is_no_fix(options: dict[str, object]) -> None:
    with pytest.raises(CannotFix):
        changed("order", options)
