from __future__ import annotations

from linters.gate import Profile, decide
from linters.gate.reports import text
from tests.linters.gate.building import breaking, request, safe


def test_every_check_has_its_line_and_the_end_says_what_it_is() -> None:
    shown = text.render(decide(request(*breaking("1.1.0")), Profile()), "erp/orders")
    assert shown.startswith("erp/orders\n")
    assert "✗ compatibility" in shown
    assert "BREAKING  POST /orders" in shown
    assert "? impact" in shown
    assert shown.endswith("✗ FAIL under the profile default.\nThe next version would be 2.0.0.\n")


def test_a_pass_is_short() -> None:
    shown = text.render(decide(request(*safe()), Profile()))
    assert "BREAKING" not in shown
    assert shown.endswith("✓ PASS under the profile default.\n")
    assert "\x1b" not in shown
    assert "\x1b[32m" in text.render(decide(request(*safe()), Profile()), colour=True)
