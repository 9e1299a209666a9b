from __future__ import annotations

import pytest

from linters.diff.checks import catalogue
from linters.diff.policy import BACKWARD
from linters.diff.transitions import SchemaPair, Transition
from linters.diff.walk import events as event_walk
from linters.diff.walk import http as http_walk

from .building import events, http


def test_a_walk_states_transitions_that_there_is_a_check_for() -> None:
    base = http(operation={"tags": ["a"], "operationId": "one", "deprecated": False})
    revision = http(
        operation={"tags": ["b"], "operationId": "two", "deprecated": True}, request={"type": "object"}
    )
    found = list(http_walk.walk(base, revision, BACKWARD))
    transitions = [one for one in found if isinstance(one, Transition)]
    assert {(one.element, one.action) for one in transitions} == {
        ("tag", "added"), ("tag", "removed"), ("operation-id", "removed"), ("operation", "deprecated"),
        ("request-body", "added-optional"),
    }  # fmt: skip
    assert all((one.element, one.action) in catalogue() for one in transitions)


@pytest.mark.parametrize(("action", "side"), [("send", "send"), ("receive", "receive")])
def test_schemas_are_handed_on_with_the_way_they_travel(action: str, side: str) -> None:
    pairs = [
        one
        for one in event_walk.walk(events(action), events(action), BACKWARD)
        if isinstance(one, SchemaPair)
    ]
    assert {one.slot.side for one in pairs} == {side}
    assert {one.slot.root for one in pairs} == {f"{side}-payload", f"{side}-headers"}
