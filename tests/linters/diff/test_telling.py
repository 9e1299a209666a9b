from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.schemas import Direction
from linters.diff.policy import BACKWARD
from linters.diff.schemas import Vertex
from linters.diff.telling import alike, place_of, special, told
from linters.diff.transitions import Slot, Wire
from linters.diff.variance import Flow
from tests.linters.diff.building import walk

TODAY = replace(BACKWARD, today=date(2026, 1, 1), sunset_days={"stable": 30})


def slot(
    side: str = "request", root: str = "request-body", nested: str = "request-property", **more: Any
) -> Slot:
    direction = Direction.REQUEST if side == "request" else Direction.RESPONSE
    return Slot(side, root, nested, Flow.IN, direction, "POST /a", "it", "it", **more)


PARAMETER = slot(root="request-parameter", nested="request-parameter-property", wire=Wire.TEXT)
RESPONSE = slot("response", "response-body", "response-property")


def differences(base: object, revision: object, where: Slot, path: str = "") -> list[tuple[str, str]]:
    found, old, new = walk(base, revision)
    vertex = Vertex(old, new, path, 0, found.own(old, new))
    return [(one.element, one.action) for one in told(vertex, where, TODAY)]


def one_property(**marks: Any) -> dict[str, Any]:
    return {"properties": {"a": marks}}


@pytest.mark.parametrize(
    ("base", "revision", "where", "expected"),
    [
        ({"default": 1}, {"default": 2}, PARAMETER, ("parameter-default", "changed")),
        ({"default": 1}, {"default": 2}, replace(PARAMETER, required=True), ("parameter-default", "changed-unused")),
        ({"default": 1}, {"default": 2}, slot(), ("default", "changed")),
        (
            one_property(readOnly=True), {**one_property(readOnly=True), "required": ["a"]}, slot(),
            ("read-only-property", "became-required"),
        ),
        (
            one_property(readOnly=True), {**one_property(readOnly=True), "required": ["a"]}, RESPONSE,
            ("property", "became-required"),
        ),
        (one_property(writeOnly=True), {}, RESPONSE, ("write-only-property", "removed-optional")),
        (one_property(writeOnly=True), {}, slot(), ("property", "removed-optional")),
        ({}, {"deprecated": True}, slot(), ("schema", "sunset-missing")),
        ({}, {"deprecated": True}, slot(stability="beta"), ("schema", "deprecated")),
    ],
)  # fmt: skip
def test_a_difference_meets_its_slot(
    base: object, revision: object, where: Slot, expected: tuple[str, str]
) -> None:
    assert differences(base, revision, where) == [expected]


def test_a_sunset_that_needs_no_notice_is_not_told() -> None:
    assert differences({}, {"x-sunset": "2027-01-01"}, slot()) == []


def test_places() -> None:
    assert place_of(slot(), "") == "request-body"
    assert place_of(slot(), "[]") == "request-property"
    assert place_of(PARAMETER, "[]") == "request-parameter"
    assert place_of(PARAMETER, "a") == "request-parameter-property"


def test_closer_names_of_places() -> None:
    found, old, new = walk({"enum": [1, 2], "readOnly": True}, {"enum": [1], "readOnly": True})
    (one,) = found.own(old, new)
    assert special(one, slot(), "request-property") == ("request-read-only-property",)
    assert special(one, slot(), "request-body") == ()
    found, old, new = walk({"enum": [1, 2]}, {"enum": [1]})
    (one,) = found.own(old, new)
    header = replace(PARAMETER, location="header")
    assert special(one, header, "request-parameter-property") == ("request-header-property",)


def test_another_type_reads_alike_only_where_values_are_text() -> None:
    found, old, new = walk({"type": "integer"}, {"type": "string"})
    (one,) = found.own(old, new)
    assert alike(one, PARAMETER).action == "reads-alike"
    assert alike(one, slot()).action == "changed"
