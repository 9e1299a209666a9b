from __future__ import annotations

from typing import Any

import pytest

from linters.gate.addresses import major_in_address
from tests.linters.diff.building import events, http


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"path": "/v2/orders"}, 2),
        ({"path": "/orders/v3"}, 3),
        ({"servers": [{"url": "https://api.example/v1.2/"}]}, 1),
        ({"servers": [{"url": "https://v4.example/orders"}]}, None),
        ({"path": "/v2/orders", "servers": [{"url": "https://api.example/v1"}]}, None),
        ({"path": "/vehicles/v"}, None),
        ({"path": "/orders"}, None),
    ],
)
def test_calls(where: dict[str, Any], expected: int | None) -> None:
    assert major_in_address(http(**where)) == expected


@pytest.mark.parametrize(
    ("address", "expected"), [("orders.v2.created", 2), ("orders/v1", 1), ("orders.created", None)]
)
def test_events(address: str, expected: int | None) -> None:
    assert major_in_address(events(address=address)) == expected
