from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.pipeline.matched import matched, target
from tests.gateway.world import operation, orders

SNAPSHOT = orders()


def test_a_decision_begins_with_what_was_found() -> None:
    found = operation(SNAPSHOT, "GET", "/erp/v1/orders/AB1")
    decision = matched(found, ("AB1",), "/erp/v1/orders/AB1", b"a=1")
    assert decision.allowed
    assert (decision.operation, decision.contract, decision.path_values) == (found, found.contract, ("AB1",))
    assert decision.target == b"/erp/v1/orders/AB1?a=1"


@pytest.mark.parametrize(
    ("above", "sent"),
    [(None, b"/erp/v1/orders"), ("", b"/orders"), ("/api", b"/api/orders")],
)
def test_the_base_path_is_replaced(above: str | None, sent: bytes) -> None:
    contract = replace(SNAPSHOT.contracts[0], upstream_path=above)
    assert target(contract, "/erp/v1/orders", b"") == sent
    assert target(replace(contract, upstream_path=""), "/erp/v1", b"") == b"/"
