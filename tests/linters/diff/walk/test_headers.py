from __future__ import annotations

from typing import Any

import pytest

from linters.diff.transitions import Transition
from linters.diff.variance import Flow
from linters.diff.walk import headers
from tests.linters.diff.building import http

LIST = {"schema": {"type": "array"}}


def found(old: dict[str, Any], new: dict[str, Any], element: str = "response-header") -> list[str]:
    operations = [
        http(operation={"responses": {"200": {"description": "OK", "headers": one}}}).operations[0]
        for one in (old, new)
    ]
    holder = headers.Holder(element, "response", Flow.OUT, "the response", "response", (None, None))
    sides = [one.responses["200"].headers for one in operations]
    return [one.action for one in headers.walk(operations[0], holder, *sides) if isinstance(one, Transition)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"A": {}}, ["added"]),
        ({"A": {"required": True}}, {}, ["removed-required"]),
        ({"A": {}}, {}, ["removed-optional"]),
        ({"A": {}}, {"a": {"required": True}}, ["became-required"]),
        ({"A": {"required": True}}, {"A": {}}, ["became-optional"]),
        ({"A": {}}, {"A": {"deprecated": True}}, ["deprecated"]),
        ({"A": {"deprecated": True}}, {"A": {}}, ["reactivated"]),
        ({"A": LIST}, {"A": {**LIST, "explode": True}}, ["serialised"]),
        ({"A": {"schema": {"type": "integer"}}}, {"A": {"schema": {"type": "integer"}, "explode": True}}, []),
        ({"A": {}}, {"A": {"x-a": 1}}, ["added"]),
    ],
)
def test_one_transition(old: dict[str, Any], new: dict[str, Any], expected: list[str]) -> None:
    assert found(old, new) == expected


def test_a_part_asks_for_its_headers() -> None:
    assert found({}, {"A": {"required": True}}, "part-header") == ["added-required"]
    assert found({}, {"A": {}}, "part-header") == ["added-optional"]
