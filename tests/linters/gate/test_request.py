from __future__ import annotations

from linters.gate import GateRequest
from tests.linters.diff.building import http


def test_what_is_not_handed_in_is_not_known() -> None:
    request = GateRequest(candidate=http())
    assert request.findings is None
    assert request.callers is None
    assert not request.is_first
