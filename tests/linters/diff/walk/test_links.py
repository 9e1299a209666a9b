from __future__ import annotations

from typing import Any

import pytest

from linters.diff.transitions import Transition
from linters.diff.walk import links
from tests.linters.diff.building import http

NEXT = {"next": {"operationId": "a"}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (NEXT, NEXT, []),
        ({}, NEXT, ["added"]),
        (NEXT, {}, ["removed"]),
        (NEXT, {"next": {"operationId": "b"}}, ["changed"]),
        (NEXT, {"next": {"operationId": "a", "description": "Next"}}, []),
    ],
)
def test_one_transition(old: dict[str, Any], new: dict[str, Any], expected: list[str]) -> None:
    operations = [
        http(operation={"responses": {"200": {"description": "OK", "links": one}}}).operations[0]
        for one in (old, new)
    ]
    sides = [one.responses["200"] for one in operations]
    walk = links.walk(operations[0], "the response", "response 200", *sides)
    assert [one.action for one in walk if isinstance(one, Transition)] == expected
