from __future__ import annotations

from typing import Any

import pytest

from linters.diff.policy import BACKWARD
from linters.diff.transitions import SchemaPair, Transition
from linters.diff.variance import Flow
from linters.diff.walk import events as walk
from tests.linters.diff.building import api, events


def found(base: Any, revision: Any) -> list[tuple[str, str]]:
    return [
        (one.element, one.action)
        for one in walk.walk(base, revision, BACKWARD)
        if isinstance(one, Transition)
    ]


def test_nothing_changed() -> None:
    assert not found(events(), events())


def test_channels_and_operations_come_and_go() -> None:
    gone = found(events(), events(address="other"))
    assert gone == [("channel", "removed"), ("channel", "added"), ("send", "removed"), ("send", "added")]
    assert found(events("send"), events("receive")) == [("send", "removed"), ("receive", "added")]


@pytest.mark.parametrize(("action", "flow"), [("send", Flow.OUT), ("receive", Flow.IN)])
def test_payloads_travel_as_the_operation_says(action: str, flow: Flow) -> None:
    pairs = [
        one for one in walk.walk(events(action), events(action), BACKWARD) if isinstance(one, SchemaPair)
    ]
    assert {one.slot.flow for one in pairs} == {flow}


def test_a_reply_travels_the_other_way() -> None:
    value = {
        "asyncapi": "3.0.0", "info": {"title": "t", "version": "1"},
        "channels": {
            "ask": {"address": "ask", "messages": {"q": {"payload": {"type": "string"}}}},
            "answer": {"address": "answer", "messages": {"a": {"payload": {"type": "string"}}}},
        },
        "operations": {
            "one": {
                "action": "receive", "channel": {"$ref": "#/channels/ask"},
                "reply": {"channel": {"$ref": "#/channels/answer"}},
            }
        },
    }  # fmt: skip
    pairs = [one for one in walk.walk(api(value), api(value), BACKWARD) if isinstance(one, SchemaPair)]
    assert {(one.slot.side, one.slot.flow) for one in pairs if one.slot.path.startswith("message a ")} >= {
        ("send", Flow.OUT)
    }
    without = {**value, "operations": {"one": {"action": "receive", "channel": {"$ref": "#/channels/ask"}}}}
    assert ("reply", "removed") in found(api(value), api(without))
    assert ("reply", "added") in found(api(without), api(value))


def test_the_same_application_in_both_major_versions() -> None:
    old = api({
        "asyncapi": "2.6.0", "info": {"title": "t", "version": "1"},
        "channels": {"orders": {"subscribe": {"message": {"name": "OrderAccepted", "payload": {"type": "object"}}}}},
    })  # fmt: skip
    assert found(old, events()) == []


def test_who_may_take_part_and_what_it_is_called() -> None:
    value = {
        "asyncapi": "3.0.0", "info": {"title": "t", "version": "1"}, "id": "urn:a",
        "channels": {"orders": {"address": "orders", "messages": {"m": {"payload": {"type": "string"}}}}},
        "operations": {"one": {"action": "send", "channel": {"$ref": "#/channels/orders"}}},
        "components": {"securitySchemes": {"scram": {"type": "scramSha256"}}},
    }  # fmt: skip
    one = {**value["operations"]["one"], "security": [{"$ref": "#/components/securitySchemes/scram"}]}  # type: ignore[index]
    assert found(api(value), api({**value, "operations": {"one": one}})) == [("security", "demanded")]
    assert found(api(value), api({**value, "id": "urn:b"})) == [("application-id", "changed")]
    renamed = {**value, "operations": {"other": value["operations"]["one"]}}  # type: ignore[index]
    assert found(api(value), api(renamed)) == [("operation-id", "removed")]
