from __future__ import annotations

import pytest

from linters.diff.proof.apart import views_are_apart
from linters.diff.proof.views import View


def apart(left: dict[str, object], right: dict[str, object]) -> bool:
    def deeper(one: tuple[object, ...], other: tuple[object, ...], depth: int) -> bool:
        return views_are_apart(View(tuple(one)), View(tuple(other)), deeper, no_text, depth)  # type: ignore[arg-type]

    def no_text(one: View, other: View) -> bool:
        return one.parts != other.parts

    return views_are_apart(View((left,)), View((right,)), deeper, no_text)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"type": "string"}, {"type": "integer"}, True),
        ({"type": "number"}, {"type": "integer"}, False),
        ({"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}, True),
        ({"type": "string"}, {"type": "string"}, False),
        ({"enum": [1, 2]}, {"enum": [3]}, True),
        ({"enum": [1, 2]}, {"enum": [2]}, False),
        ({"type": "object", "required": ["a"]}, {"type": "object", "properties": {"a": False}}, True),
        ({"type": "object", "required": ["a"]}, {"type": "object", "additionalProperties": False}, True),
        ({"type": "object", "required": ["a"]}, {"type": "object"}, False),
        (
            {"type": "object", "required": ["k"], "properties": {"k": {"const": "x"}}},
            {"type": "object", "properties": {"k": {"const": "y"}}},
            True,
        ),
        (
            {"type": "object", "properties": {"k": {"const": "x"}}},
            {"type": "object", "properties": {"k": {"const": "y"}}},
            False,
        ),
    ],
)
def test_views_apart(left: dict[str, object], right: dict[str, object], expected: bool) -> None:
    assert apart(left, right) is expected
    assert apart(right, left) is expected
