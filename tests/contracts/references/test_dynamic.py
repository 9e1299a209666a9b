from __future__ import annotations

from contracts.references.dynamic import RECURSIVE, DynamicAnchors
from contracts.references.scan import scan

SCHEMA = {
    "$id": "https://h/main",
    "$dynamicAnchor": "n",
    "$defs": {
        "a": {"$id": "a", "$defs": {"x": {"$dynamicAnchor": "n"}, "y": {"$dynamicAnchor": "m"}}},
        "b": {"$recursiveAnchor": True},
        "c": {"$id": "c", "$recursiveAnchor": True},
    },
}


def test_anchors_belong_to_the_nearest_resource() -> None:
    found = DynamicAnchors({"main.json": scan(SCHEMA, "main.json")})
    assert found.within("main.json", ("$defs", "b")) == {"n": ()}
    inner = {"n": ("$defs", "a", "$defs", "x"), "m": ("$defs", "a", "$defs", "y")}
    assert found.within("main.json", ("$defs", "a")) == inner
    assert found.within("main.json", ("$defs", "a", "$defs", "y", "items")) == inner


def test_a_recursive_anchor_stands_at_the_root_of_its_resource() -> None:
    found = DynamicAnchors({"main.json": scan(SCHEMA, "main.json")})
    assert found.within("main.json", ("$defs", "c", "items")) == {RECURSIVE: ("$defs", "c")}
    assert RECURSIVE not in found.within("main.json", ())


def test_without_any_there_is_nothing_to_look_at() -> None:
    found = DynamicAnchors({"main.json": scan({"$id": "https://h/a", "type": "object"}, "main.json")})
    assert not found
    assert found.within("main.json", ("properties",)) == {}
    assert found.within("elsewhere.json", ()) == {}
