from __future__ import annotations

import pytest

from registry.domain.access import SYSTEM
from registry.services import Registry, catalogue, publishing
from tests.registry.examples import EVENTS, orders, proposal


@pytest.fixture
def filled(published: Registry) -> Registry:
    events = {"a.yaml": EVENTS.encode()}
    publishing.publish(
        published, SYSTEM, proposal(contract="carrier/events", files=events, root="a.yaml", source="import")
    )
    return published


def found(registry: Registry, query: str) -> list[tuple[str, str, str]]:
    with registry.unit.read(SYSTEM) as context:
        return [(hit.contract.identity, hit.kind, hit.key) for hit in catalogue.search(context, query).items]


def test_titles_operations_channels_and_properties_are_found(filled: Registry) -> None:
    assert found(filled, "orders")[0] == ("erp/orders", "contract", "erp/orders")
    assert ("erp/orders", "operation", "GET /orders/{orderId}") in found(filled, "read order")
    assert found(filled, "shipmenteta") == [("erp/orders", "schema", "Order")]
    assert ("carrier/events", "channel", "dispatched") in found(filled, "dispatched")
    assert ("carrier/events", "message", "dispatched") in found(filled, "sscc")
    assert found(filled, "nothing-holds-this") == found(filled, "") == found(filled, "?!") == []


def test_pages_hold_everything_once(filled: Registry) -> None:
    with filled.unit.read(SYSTEM) as context:
        everything = catalogue.search(context, "shipment", limit=100).items
        paged, after = [], None
        while True:
            page = catalogue.search(context, "shipment", after=after, limit=1)
            paged += page.items
            after = page.after
            if after is None:
                break
    assert len(everything) > 2
    assert tuple(paged) == everything


def test_a_new_version_replaces_what_is_found(published: Registry) -> None:
    text = orders("2.0.0", eta=False)
    made = publishing.publish(published, SYSTEM, proposal("2.0.0", text))
    assert made.status == "stored", made.run and made.run.checks
    assert found(published, "shipmenteta") == []
    assert found(published, "status") == [("erp/orders", "schema", "Order")]


def test_an_older_version_that_comes_later_does_not(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("0.9.0", orders("0.9.0", eta=False), source="import"))
    assert found(published, "shipmenteta") != []
