"""Properties that flow one way only."""

import pytest

from contracts.schemas.direction import Direction, one_way_patterns, one_way_properties
from tests.contracts.made import documents

TEXT = """
plain: {properties: {a: {readOnly: true}, b: {writeOnly: true}, c: {}, d: {readOnly: 'true'}, e: true}}
behind: {properties: {a: {$ref: '#/ro'}, b: {allOf: [{$ref: '#/ro'}, {description: d}]}, c: {anyOf: [{$ref: '#/ro'}]}}}
composed: {allOf: [{$ref: '#/plain'}, {properties: {f: {readOnly: true}}}]}
circular: {allOf: [{$ref: '#/circular'}], properties: {g: {$ref: '#/circular'}}}
nowhere: {properties: {a: {$ref: '#/nope'}}}
ro: {type: string, readOnly: true}
"""


@pytest.mark.parametrize(
    ("name", "direction", "found"),
    [
        ("plain", Direction.REQUEST, {"a"}),
        ("plain", Direction.RESPONSE, {"b"}),
        ("behind", Direction.REQUEST, {"a", "b"}),
        ("composed", Direction.REQUEST, {"a", "f"}),
        ("circular", Direction.REQUEST, set()),
        ("nowhere", Direction.REQUEST, set()),
        ("ro", Direction.REQUEST, set()),
    ],
)
def test_one_way_properties(name: str, direction: Direction, found: set[str]) -> None:
    made = documents(TEXT)
    assert one_way_properties(made, made.top.child(name), direction) == found


def test_a_direction_knows_what_does_not_flow_its_way() -> None:
    assert [direction.absent for direction in Direction] == ["readOnly", "writeOnly"]


def test_one_way_patterns() -> None:
    made = documents("it: {patternProperties: {^x-: {readOnly: true}, ^y-: {}}, properties: {a: {}}}")
    assert one_way_patterns(made, made.top.child("it"), Direction.REQUEST) == {"^x-"}
    assert one_way_patterns(made, made.top, Direction.REQUEST) == frozenset()
