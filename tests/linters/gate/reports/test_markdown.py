from __future__ import annotations

from linters.gate import Profile, decide
from linters.gate.reports import markdown
from tests.linters.gate.building import breaking, request


def test_the_most_important_comes_first() -> None:
    shown = markdown.render(decide(request(*breaking("1.1.0")), Profile()), "erp/orders")
    assert shown.startswith("## ❌ Gate: fail · erp/orders\n")
    assert shown.index("| ❌ | compatibility |") < shown.index("### Changes")
    assert "The next version would be `2.0.0`." in shown
    assert shown.endswith("Profile `default`.\n")
