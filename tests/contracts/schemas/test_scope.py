from __future__ import annotations

import json
from typing import Any

from contracts.document import parse
from contracts.references import DocumentSet, Located, load
from contracts.schemas.scope import NOWHERE, Scope

SCHEMA: dict[str, Any] = {
    "$dynamicAnchor": "n",
    "$defs": {
        "a": {"$id": "https://h/a", "$dynamicAnchor": "n", "$defs": {"m": {"$dynamicAnchor": "m"}}},
        "plain": {"$anchor": "n2"},
    },
}


def documents(schema: dict[str, Any] = SCHEMA) -> DocumentSet:
    return load(parse(json.dumps(schema).encode(), "main.json"))


def at(held: DocumentSet, *path: str) -> Located:
    found = held.top
    for key in path:
        found = found.child(key)
    return found


def test_the_outermost_resource_binds_an_anchor_first() -> None:
    held = documents()
    inner = at(held, "$defs", "a")
    scope = NOWHERE.entering(held, held.top)
    assert scope.target(held, inner, "n").path == ()
    assert scope.entering(held, inner).target(held, inner, "n").path == ()
    assert NOWHERE.entering(held, inner).target(held, inner, "n").path == ("$defs", "a")


def test_an_inner_resource_adds_the_anchors_that_are_its_own() -> None:
    held = documents()
    entered = NOWHERE.entering(held, held.top).entering(held, at(held, "$defs", "a"))
    assert [(name, path) for name, _, path in entered.bound] == [
        ("m", ("$defs", "a", "$defs", "m")),
        ("n", ()),
    ]
    assert entered.entering(held, held.top) is entered


def test_what_is_no_dynamic_anchor_at_first_means_itself() -> None:
    held = documents()
    plain = at(held, "$defs", "plain")
    assert NOWHERE.entering(held, held.top).target(held, plain, "n2") is plain
    nothing = Located(True, "main.json", ())
    assert NOWHERE.entering(held, held.top).target(held, nothing, "n") is nothing


def test_where_nothing_is_dynamic_there_is_one_scope() -> None:
    held = documents({"$defs": {"a": {"$id": "https://h/a"}}})
    assert NOWHERE.entering(held, at(held, "$defs", "a")) is NOWHERE
    assert Scope() == NOWHERE
