from __future__ import annotations

import pytest

from linters.diff.schemas.difference import difference, is_nested, join
from tests.linters.diff.building import node


def test_it_stands_at_the_objects_themselves_unless_said_otherwise() -> None:
    old, new = node({"type": "string"}), node({})
    plain = difference("type", "removed", old, new)
    assert (plain.path, plain.at, plain.data, plain.only) == ("", ((), ()), {}, None)
    placed = difference("property", "removed", old, new, at=(("properties", "a"), None), only="a", path="a")
    assert (placed.path, placed.at, placed.only) == ("a", (("properties", "a"), None), "a")


def test_the_root_is_not_nested() -> None:
    assert [is_nested(path) for path in ("", "a", "[]")] == [False, True, True]


@pytest.mark.parametrize(
    ("path", "step", "expected"),
    [("", "a", "a"), ("a", "[]", "a[]"), ("a[]", "b", "a[].b"), ("a", "", "a"), ("a", "<T>", "a<T>")],
)
def test_paths_are_written_as_people_do(path: str, step: str, expected: str) -> None:
    assert join(path, step) == expected
