import orjson

from gateway.traffic.formats import json
from tests.gateway.traffic.world import audited


def test_it_tells_all() -> None:
    held = orjson.loads(json.render(audited(), "orders.har"))
    assert held["source"] == "orders.har"
    assert held["violations"][0]["sample"]["at"] == {
        "sku": "string of 18",
        "quantity": "integer",
        "mail": "string of 26",
    }
    assert held["operations"] == [
        {"contract": "Orders@1.2.0", "operation": "GET /orders", "calls": 1},
        {"contract": "Orders@1.2.0", "operation": "POST /orders", "calls": 1},
    ]
