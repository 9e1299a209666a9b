from __future__ import annotations

from typing import Any

import pytest

from linters.diff.transitions import SchemaPair, Transition
from linters.diff.variance import Flow
from linters.diff.walk import messages
from tests.linters.diff.building import events

OF = messages.Carrier("send", Flow.OUT, "send orders", "orders")
ID = {"correlationId": {"location": "$message.header#/id"}}
OTHER_ID = {"correlationId": {"location": "$message.header#/other"}}


def found(old: dict[str, Any], new: dict[str, Any], of: messages.Carrier = OF) -> list[tuple[str, str]]:
    sides = [events(**one).channels["orders"].messages.values() for one in (old, new)]
    return [(one.element, one.action) for one in messages.walk(of, *sides) if isinstance(one, Transition)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"contentType": "application/xml"}, ("message", "content-type-changed")),
        ({}, {"name": "OrderTaken"}, ("message", "renamed")),
        ({}, ID, ("message", "correlation-id-added")),
        (ID, {}, ("message", "correlation-id-removed")),
        (ID, OTHER_ID, ("message", "correlation-id-changed")),
        ({}, {"deprecated": True}, ("message", "deprecated")),
        ({"deprecated": True}, {}, ("message", "reactivated")),
        ({}, {"x-team": "orders"}, ("extension", "added")),
        ({}, {"bindings": {"amqp": {"contentEncoding": "gzip"}}}, ("bindings", "stated")),
    ],
)
def test_one_transition(old: dict[str, Any], new: dict[str, Any], expected: tuple[str, str]) -> None:
    assert found(old, new) == [expected]


def test_extensions_of_a_trait_are_the_messages_own() -> None:
    assert found({}, {"traits": [{"x-team": "orders"}]}) == [("extension", "added")]


def test_payload_and_headers_travel_as_the_carrier_says() -> None:
    one = events().channels["orders"].messages.values()
    slots = [pair.slot for pair in messages.walk(OF, one, one) if isinstance(pair, SchemaPair)]
    assert [(slot.root, slot.flow) for slot in slots] == [
        ("send-payload", Flow.OUT),
        ("send-headers", Flow.OUT),
    ]
