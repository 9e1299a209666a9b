from __future__ import annotations

import json
from typing import Any

from contracts.references import DocumentSet, from_files, load
from linters.lint.resolution import closest, resolve, unresolved_place

from .linting import document


def _set(files: dict[str, Any], root: str = "a.json") -> DocumentSet:
    return from_files({name: json.dumps(value).encode() for name, value in files.items()}, root)


def test_references_are_replaced_and_siblings_vanish() -> None:
    documents = load(document({"a": {"$ref": "#/d", "x": 1}, "d": {"t": [1]}}))
    resolution = resolve(documents)
    assert resolution.value == {"a": {"t": [1]}, "d": {"t": [1]}}
    assert resolution.value["a"] is resolution.value["d"]
    assert id(resolution.value["d"]) in resolution.shared
    assert documents.root.value["a"] == {"$ref": "#/d", "x": 1}


def test_what_holds_no_reference_is_not_copied() -> None:
    documents = load(document({"a": {"b": [1]}, "c": {"$ref": "#/a"}}))
    assert resolve(documents).value["a"] is documents.root.value["a"]


def test_a_circle_stays_a_reference() -> None:
    resolution = resolve(load(document({"a": {"x": 1, "self": {"$ref": "#/a"}}, "b": {"$ref": "#/a"}})))
    assert resolution.value["a"] == {"x": 1, "self": {"$ref": "#/a"}}
    assert resolution.value["b"] == resolution.value["a"]
    resolution = resolve(load(document({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}})))
    assert json.dumps(resolution.value)  # finite


def test_places_lead_to_where_things_are_written() -> None:
    documents = _set(
        {"a.json": {"a": {"$ref": "b.json#/x"}}, "b.json": {"x": {"y": {"$ref": "#/z"}}, "z": {"w": 1}}}
    )
    resolution = resolve(documents)
    place = resolution.place(("a", "y", "w"))
    assert place is not None
    assert (place.document.source, place.path, place.value) == ("b.json", ("z", "w"), 1)
    missing = resolution.place(("a", "nope", "q"))
    assert missing is not None
    assert (missing.document.source, missing.path, missing.missing) == ("b.json", ("x",), ("nope", "q"))


def test_a_text_without_a_name_keeps_the_path() -> None:
    resolution = resolve(load(document({"a": {"$ref": "#/d"}, "d": {"x": 1}}, source="")))
    assert resolution.place(("a", "x")) is None
    place = resolution.place(("d", "x"))
    assert place is not None
    assert place.path == ("d", "x")


def test_broken_references_are_noted_with_their_place() -> None:
    resolution = resolve(
        load(document({"a": [{"$ref": "#/nope"}], "b": {"$ref": "#/c"}, "c": {"d": {"$ref": "#/nah"}}}))
    )
    assert [(broken.reference, broken.path) for broken in resolution.broken] == [
        ("#/nope", ("a", 0)),
        ("#/nah", ("c", "d")),
    ]


def test_long_chains_do_not_exhaust_the_stack() -> None:
    links = {f"s{n}": {"next": {"$ref": f"#/d/s{n + 1}"}} for n in range(3000)}
    resolution = resolve(load(document({"d": {**links, "s3000": {"end": True}}})))
    node = resolution.value["d"]["s0"]
    for _ in range(3000):
        node = node["next"]
    assert node == {"end": True}


def test_many_ways_to_one_thing_cost_no_more_than_one() -> None:
    doubling = {f"s{n}": {"l": {"$ref": f"#/d/s{n + 1}"}, "r": {"$ref": f"#/d/s{n + 1}"}} for n in range(60)}
    resolution = resolve(load(document({"d": {**doubling, "s60": {}}})))
    assert resolution.value["d"]["s0"]["l"] is resolution.value["d"]["s0"]["r"]


def test_closest() -> None:
    assert closest({"a": [1]}, ("a", "0", "b")) == (("a", 0), 1)
    assert unresolved_place(document({"a": {}}), ("a", "b")).missing == ("b",)
