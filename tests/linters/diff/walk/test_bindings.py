from __future__ import annotations

from typing import Any

import pytest

from contracts.model import Origin
from contracts.validity.tables import fields
from lading.covering.grammar import read
from linters.diff.transitions import SchemaPair, Transition
from linters.diff.variance import Flow
from linters.diff.walk import bindings

AT = Origin("contract.yaml", ("channels", "orders"))


def found(
    kind: str, old: dict[str, Any], new: dict[str, Any], address: str | None = None
) -> list[tuple[str, str]]:
    carried = bindings.Carried("send", Flow.OUT, address)
    walk = bindings.walk(kind, "send orders", (AT, AT), old, new, carried)
    return [(one.action, str(one.data["value"])) for one in walk if isinstance(one, Transition)]


@pytest.mark.parametrize(
    ("kind", "old", "new", "expected"),
    [
        ("channel", {"amqp": {"exchange": {"name": "a"}}}, {"amqp": {"exchange": {"name": "b"}}}, [("address-changed", "amqp.exchange.name")]),
        ("channel", {"kafka": {"partitions": 3}}, {"kafka": {"partitions": 6}}, [("delivery-changed", "kafka.partitions")]),
        ("channel", {"kafka": {"replicas": 3}}, {"kafka": {"replicas": 2}}, [("setup-changed", "kafka.replicas")]),
        ("operation", {"nats": {"queue": "a"}}, {"nats": {"queue": "b"}}, [("own-changed", "nats.queue")]),
        ("operation", {}, {"mqtt": {"qos": 1}}, [("stated", "mqtt.qos")]),
        ("operation", {"mqtt": {"qos": 1}}, {}, [("delivery-changed", "mqtt.qos")]),
        ("operation", {"carrier-pigeon": {"loft": 1}}, {"carrier-pigeon": {"loft": 2}}, [("unknown-changed", "carrier-pigeon.loft")]),
        ("operation", {}, {"mqtt": {"bindingVersion": "0.2.0"}}, []),
    ],
)  # fmt: skip
def test_a_field_by_what_it_means(
    kind: str, old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(kind, old, new) == expected


def test_the_topic_is_the_address_where_none_is_stated() -> None:
    assert found("channel", {}, {"kafka": {"topic": "orders"}}, "orders") == []
    assert found("channel", {}, {"kafka": {"topic": "other"}}, "orders") == [
        ("address-changed", "kafka.topic")
    ]


def test_schemas_of_bindings_are_compared_as_schemas() -> None:
    sides = ({"kafka": {"key": {"type": kind}}} for kind in ("string", "integer"))
    walk = bindings.walk("message", "send orders", (AT, AT), *sides, bindings.Carried("send", Flow.OUT))
    (pair,) = (one for one in walk if isinstance(one, SchemaPair))
    assert (pair.slot.root, pair.slot.flow) == ("send-binding", Flow.OUT)
    assert pair.base is not None and pair.base.value == {"type": "string"}


def test_every_field_of_every_binding_means_something() -> None:
    """The fields that the binding specifications define, as `contracts.validity` has them."""
    table = read("asyncapi/bindings.yaml", "contracts.validity")
    known = bindings.meanings()
    for protocol, places in table.items():
        for kind in (
            ("server", "channel", "operation", "message")
            if protocol not in ("protocols", "definitions")
            else ()
        ):
            stated = fields(places.get(kind, {}), str(places["versions"][0]))
            assert {key.name for key in stated} <= set(known[kind].get(protocol, {})), (protocol, kind)


def test_meanings_are_of_the_five() -> None:
    def words(value: Any) -> set[str]:
        return {word for one in value.values() for word in words(one)} if isinstance(value, dict) else {value}

    assert words(dict(bindings.meanings())) <= bindings.MEANINGS
