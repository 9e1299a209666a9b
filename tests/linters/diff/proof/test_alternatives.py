from __future__ import annotations

from typing import Any

import pytest

from linters.diff.proof.alternatives import ALTERNATIVES, alternatives
from linters.diff.proof.definitions import Definitions, JsonSchema


def views(*inner: JsonSchema, **definitions: JsonSchema) -> list[tuple[dict[str, Any], ...]]:
    found = alternatives(inner, Definitions(definitions), lambda: None)
    return [tuple(sorted(view.parts, key=str)) for view in found]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, [({"type": "string"},)]),
        ({"allOf": [{"minLength": 1}, {"maxLength": 2}]}, [({"maxLength": 2}, {"minLength": 1})]),
        ({"anyOf": [{"minLength": 1}, {"maxLength": 2}]}, [({"minLength": 1},), ({"maxLength": 2},)]),
        ({"$ref": "#/$defs/Code"}, [({"pattern": "a"},)]),
        (True, [()]),
        (False, []),
        ({"allOf": [{"minLength": 1}, False]}, []),
    ],
)
def test_a_conjunction_is_taken_apart(schema: JsonSchema, expected: list[Any]) -> None:
    assert views(schema, Code={"pattern": "a"}) == expected


def test_a_condition_holds_or_does_not() -> None:
    found = views({"if": {"minLength": 1}, "then": {"maxLength": 2}})
    assert ({"maxLength": 2}, {"minLength": 1}) in found
    assert ({"not": {"minLength": 1}},) in found


def test_choices_are_multiplied_out_within_bounds() -> None:
    four = {"anyOf": [{"minLength": n} for n in range(4)]}
    assert len(views(four, four)) == 16
    assert len(views(*[four] * 9)) == ALTERNATIVES + 1


def test_whoever_counts_may_end_it() -> None:
    def refuse() -> None:
        raise OverflowError

    with pytest.raises(OverflowError):
        list(alternatives(({"type": "string"},), Definitions(), refuse))
