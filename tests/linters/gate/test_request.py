from __future__ import annotations

from linters.gate import Caller, GateRequest, Lifecycle
from tests.linters.diff.building import http


def test_what_is_not_given_is_not_known_rather_than_good() -> None:
    asked = GateRequest(http())
    for name in ("base", "findings", "problems", "lifecycle", "callers", "today"):
        assert getattr(asked, name) is None
    assert not asked.is_first
    assert Caller("wms").operations is None
    assert Lifecycle().state == "published"
