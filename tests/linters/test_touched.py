from __future__ import annotations

from typing import Any

import pytest

from contracts.document import parse
from contracts.pointers import Path
from linters.touched import Touched

BASE = {
    "info": {"title": "a", "x": 1},
    "paths": {"/a": {"get": {"id": "a"}}},
    "tags": [{"name": "a"}, {"name": "b"}],
}


def change(**parts: Any) -> Touched:
    return Touched(BASE, {**BASE, **parts})


@pytest.mark.parametrize(
    "path", [(), ("info",), ("info", "title"), ("paths", "/a", "get", "id"), ("tags", 1)]
)
def test_what_is_the_same_is_not_touched(path: Path) -> None:
    assert not change().is_touched(path)


def test_layout_does_not_count() -> None:
    one, other = (b"a: {b: 1, c: [x, y]}\n", b'{"a":\n  {"c": ["x",\n "y"], "b": 1}}')
    touched = Touched(parse(one, "a.yaml").value, parse(other, "a.yaml").value)
    assert not any(touched.is_touched(path) for path in [(), ("a",), ("a", "b"), ("a", "c"), ("a", "c", 1)])


def test_another_scalar_touches_itself_and_what_holds_it_directly() -> None:
    touched = change(info={"title": "b", "x": 1})
    assert touched.is_touched(("info", "title"))
    assert touched.is_touched(("info",))
    assert not touched.is_touched(("info", "x"))
    assert not touched.is_touched(())


@pytest.mark.parametrize("value", ["1", 1.5, True, None, [1], {"y": 1}])
def test_another_type_is_another_value(value: Any) -> None:
    assert change(info={"title": "a", "x": value}).is_touched(("info", "x"))


def test_what_was_added_is_touched_with_all_that_is_in_it() -> None:
    touched = change(paths={**BASE["paths"], "/b": {"get": {"id": "b"}}})  # type: ignore[dict-item]
    for path in [("paths",), ("paths", "/b"), ("paths", "/b", "get", "id")]:
        assert touched.is_touched(path), path
    assert not touched.is_touched(("paths", "/a"))
    assert touched.counterpart(("paths", "/b")) is None


def test_what_was_taken_out_touches_what_held_it() -> None:
    assert change(info={"title": "a"}).is_touched(("info",))


def test_items_are_paired_by_what_they_hold() -> None:
    touched = change(tags=[{"name": "new"}, *BASE["tags"]])  # type: ignore[misc]
    assert touched.is_touched(("tags",))
    assert touched.is_touched(("tags", 0))
    assert not touched.is_touched(("tags", 1))
    assert touched.counterpart(("tags", 2, "name")) == ("tags", 1, "name")
    assert touched.counterpart(("tags", "2")) == ("tags", 1)


def test_one_item_that_changed_is_paired_with_what_it_was() -> None:
    touched = change(tags=[{"name": "a"}, {"name": "b", "x": {"y": 1}}])
    assert touched.counterpart(("tags", 1)) == ("tags", 1)
    assert touched.is_touched(("tags", 1))
    assert not touched.is_touched(("tags", 1, "name"))
    assert not touched.is_touched(("tags", 0))


def test_other_orders_touch_the_list_alone() -> None:
    touched = change(tags=list(reversed(BASE["tags"])))  # type: ignore[call-overload]
    assert touched.counterpart(("tags", 0)) == ("tags", 1)
    assert not touched.is_touched(("tags", 0))


@pytest.mark.parametrize("path", [("nowhere",), ("tags", 9), ("tags", "x"), ("info", "title", "y")])
def test_what_is_not_there_is_new(path: Path) -> None:
    assert change().is_touched(path)
