from __future__ import annotations

from typing import Any

import pytest

from linters.diff.transitions import SchemaPair, Transition
from linters.diff.variance import Flow
from linters.diff.walk import channels
from tests.linters.diff.building import api


def document(channel: dict[str, Any] | None = None, **more: Any) -> Any:
    one = {
        "address": "orders.{region}",
        "parameters": {"region": {}},
        "messages": {"m": {}},
        **(channel or {}),
    }
    return api({
        "asyncapi": "3.0.0", "info": {"title": "t", "version": "1"},
        "servers": {"a": {"host": "a", "protocol": "kafka"}, "b": {"host": "b", "protocol": "kafka"}},
        "channels": {"orders": one}, **more,
    })  # fmt: skip


def found(base: Any, revision: Any) -> list[tuple[str, str]]:
    return [(one.element, one.action) for one in channels.walk(base, revision) if isinstance(one, Transition)]


ON_A = {"servers": [{"$ref": "#/servers/a"}]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"address": "a"}, {"address": "b"}, [("channel", "removed"), ("channel", "added")]),
        ({}, ON_A, [("channel-server", "removed")]),
        (ON_A, {}, [("channel-server", "added")]),
        (ON_A, {"servers": [{"$ref": "#/servers/a"}, {"$ref": "#/servers/b"}]}, [("channel-server", "added")]),
        ({}, {"parameters": {"region": {"location": "$message.payload#/r"}}}, [("channel-parameter", "location-changed")]),
        ({}, {"parameters": {}}, [("channel-parameter", "removed")]),
        ({}, {"bindings": {"kafka": {"topic": "other"}}}, [("bindings", "address-changed")]),
        ({}, {"bindings": {"kafka": {"topic": "orders.{region}"}}}, []),
        ({}, {"x-team": 1}, [("extension", "added")]),
        ({}, {"messages": {"m": {"contentType": "text/csv"}}}, [("message", "content-type-changed")]),
    ],
)  # fmt: skip
def test_one_transition(old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(document(old), document(new)) == expected


def test_a_parameter_is_a_schema_that_flows_as_the_channel_is_used() -> None:
    hearing = {"operations": {"o": {"action": "receive", "channel": {"$ref": "#/channels/orders"}}}}
    for more, flow in (({}, Flow.OUT), (hearing, Flow.IN)):
        sides = document(**more), document(**more)
        (slot,) = (
            one.slot for one in channels.walk(*sides)
            if isinstance(one, SchemaPair) and one.slot.root == "channel-parameter"
        )  # fmt: skip
        assert slot.flow is flow


def test_messages_that_an_operation_names_are_the_operations() -> None:
    hearing = {"operations": {"o": {"action": "receive", "channel": {"$ref": "#/channels/orders"}}}}
    changed = {"messages": {"m": {"contentType": "text/csv"}}}
    assert found(document(**hearing), document(changed, **hearing)) == []
