from __future__ import annotations

import pytest

from linters.diff.proof.containment import Structural
from linters.diff.proof.definitions import Definitions, JsonSchema, Sameness
from linters.diff.proof.exclusion import stays

A: JsonSchema = {"type": "string", "maxLength": 3}
B: JsonSchema = {"type": "integer"}


def is_kept(inner: JsonSchema, outer: list[JsonSchema], **definitions: JsonSchema) -> bool:
    old, new = Definitions(definitions), Definitions(definitions)
    return stays(Structural(old, new, Sameness(old, new)), (inner,), outer)


@pytest.mark.parametrize(
    "outer",
    [
        [A, B],
        [B, A],
        [{"type": "string"}, B],
        [A, B, {"type": "boolean"}],
    ],
)
def test_alternatives_that_lie_within_others_stay_apart(outer: list[JsonSchema]) -> None:
    assert is_kept({"oneOf": [A, B]}, outer)
    assert is_kept({"allOf": [{"$ref": "#/$defs/D"}]}, outer, D={"oneOf": [A, B]})


@pytest.mark.parametrize(
    "outer",
    [
        [A],
        [A, B, {"type": "integer", "minimum": 0}],
        [A, B, {}],
    ],
)
def test_another_alternative_that_takes_a_value_too_is_noticed(outer: list[JsonSchema]) -> None:
    assert not is_kept({"oneOf": [A, B]}, outer)


def test_alternatives_that_overlap_exclude_what_they_share_on_both_sides() -> None:
    inner: JsonSchema = {"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 0}]}
    assert is_kept(inner, [{"type": "integer"}, {"type": "number", "minimum": 0}])
    assert not is_kept({}, [A, B])
