from __future__ import annotations

from typing import Any

from contracts.elements.common import Origin, Schema
from contracts.references import Located, from_files
from contracts.schemas import Direction
from linters.lint.examples.shown import beside, followed

DOCUMENTS = from_files({"a.yaml": b"b: {value: 3}\nloop: {$ref: '#/nowhere'}"}, "a.yaml")
SCHEMA = Schema({}, Origin("a.yaml", ("s",)), "openapi-3.0")


def values(raw: dict[str, Any]) -> list[tuple[Any, str]]:
    shown = beside(DOCUMENTS, raw, Origin("a.yaml", ("p",)), SCHEMA, Direction.REQUEST)
    return [(one.value, "/".join(map(str, one.origin.path))) for one in shown]


def test_one_example_and_several_are_found_with_their_places() -> None:
    assert values({"example": None, "examples": {"a": {"value": 1}, "b": {"dataValue": 2}}}) == [
        (None, "p/example"),
        (1, "p/examples/a/value"),
        (2, "p/examples/b/dataValue"),
    ]


def test_a_referenced_example_stands_where_it_is_written() -> None:
    assert values({"examples": {"a": {"$ref": "#/b"}}}) == [(3, "b/value")]


def test_what_is_kept_elsewhere_is_not_judged() -> None:
    assert (
        values({"examples": {"a": {"externalValue": "https://x"}, "b": {"serializedValue": "1"}, "c": 7}})
        == []
    )
    assert values({"examples": [1, 2]}) == []


def test_a_reference_to_nothing_stays_as_it_is() -> None:
    node = Located({"$ref": "#/nowhere"}, "a.yaml", ("x",))
    assert followed(DOCUMENTS, node) is node
