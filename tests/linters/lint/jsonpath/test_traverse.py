from __future__ import annotations

from typing import Any

import jsonpath_ng
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint.jsonpath import Automaton, FilterFailed, Match, matches, parse, traverse
from linters.lint.jsonpath.steps import Anything, Filter, JsonPath, Names, Slice

STORE = {
    "books": [{"t": "A", "p": 1}, {"t": "B", "p": 2, "x": None}],
    "bike": {"c": "red", "t": "C"},
    "1": "one",
}


def _paths(text: str, value: Any = STORE) -> list[str]:
    return sorted("/".join(map(str, match.path)) for match in matches(value, parse(text)))


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("$", [""]),
        ("$.books[0].t", ["books/0/t"]),
        ("$..t", ["bike/t", "books/0/t", "books/1/t"]),
        ("$.books[-1:]", ["books/1"]),
        ("$.books[-1]", []),
        ("$.books[(@.length-1)]", ["books/1"]),
        ("$[bike,'1']", ["1", "bike"]),
        ("$.1", ["1"]),
        ("$..t^", ["bike", "books/0", "books/1"]),
        ("$.books[*].t^^", ["books", "books"]),
        ("$.bike.c^.t", ["bike/t"]),
        ("$^", []),
        ("$.books[?(@.p > 1)]", ["books/1"]),
        ("$.books[?(@property === 1)].t", ["books/1/t"]),
        ("$..[?(@property === 't' && @ !== 'B')]", ["bike/t", "books/0/t"]),
        ("$.books[*][?(@parentProperty === 0)]", ["books/0/p", "books/0/t"]),
        ("$.books[?(@parent.length === 2)]", ["books/0", "books/1"]),
        ("$..[?(@path === \"$['bike']\")]", ["bike"]),
        ("$..*@null()", ["books/1/x"]),
    ],
)
def test_matches(text: str, paths: list[str]) -> None:
    assert _paths(text) == paths


def test_keys_are_given_for_the_tilde() -> None:
    assert sorted(match.value for match in matches(STORE, parse("$.*~"))) == ["1", "bike", "books"]


def test_one_walk_serves_many_expressions() -> None:
    found: list[Match] = []
    traverse(STORE, Automaton([parse("$..t"), parse("$.bike.t"), parse("$..[?(@ && @.p)]")]), found.append)
    assert sorted(match.expression for match in found) == [0, 0, 0, 1, 2, 2]


def test_a_filter_that_raises_says_which_and_where() -> None:
    with pytest.raises(FilterFailed) as error:
        matches(STORE, parse("$.books[*][?(@.length > 9)]"))
    assert (error.value.expression, error.value.path) == (0, ("books", 1, "x"))


def test_shared_nodes_are_walked_once_in_each_state() -> None:
    shared = {"x": 1}
    value = {"a": shared, "b": [shared], "c": {"d": shared}}
    found: list[Match] = []
    traverse(value, Automaton([parse("$..x"), parse("$.c.d.x")]), found.append, shared={id(shared)})
    assert sorted((match.expression, "/".join(map(str, match.path))) for match in found)[-1] == (1, "c/d/x")
    assert sum(match.expression == 0 for match in found) == 2  # once alone, once beside the other expression


def test_a_document_that_unfolds_without_end_is_walked_in_bounds() -> None:
    value: dict[str, Any] = {"x": 1}
    for _ in range(60):
        value = {"l": value, "r": value}
    found: list[Match] = []
    traverse(value, Automaton([parse("$..x")]), found.append, most_visits=1_000)
    assert 1 <= len(found) <= 1_000


def test_many_descents_stay_cheap() -> None:
    value: Any = {"a": 1}
    for _ in range(150):
        value = {"a": value}
    assert len(matches(value, parse("$" + "..a" * 12))) == 151 - 11


# -- against other evaluators -----------------------------------------------------------------------------

NAMES = ["a", "b", "c"]
VALUES = st.recursive(
    st.none() | st.integers(0, 3) | st.sampled_from(["", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=15,
)
STEPS = st.sampled_from(
    [
        ".a",
        ".b",
        "..a",
        "..c",
        ".*",
        "..*",
        "[0]",
        "..[1]",
        "[a,b]",
        "[-1:]",
        "[:2]",
        "[?(@ && @.a)]",
        "..[?(@property === 'b')]",
        "[?(@ === 1)]",
    ]
)
PATHS = st.builds(
    lambda steps, tail: "$" + "".join(steps) + tail,
    st.lists(STEPS, min_size=1, max_size=4),
    st.sampled_from(["", "^", "~"]),
)


def _children(node: Any) -> list[tuple[Any, Any]]:
    return (
        list(node.items())
        if isinstance(node, dict)
        else list(enumerate(node))
        if isinstance(node, list)
        else []
    )


def _selected(node: Any, step: Any) -> list[tuple[Any, Any]]:
    found = []
    for key, child in _children(node):
        match step.selector:
            case Names(names):
                holds = str(key) in names
            case Anything():
                holds = True
            case Slice() as piece:
                holds = isinstance(node, list) and piece.holds(key, len(node))
            case Filter("(@ && @.a)"):
                holds = isinstance(child, dict) and (
                    bool(child.get("a")) or isinstance(child.get("a"), dict | list)
                )
            case Filter("(@property === 'b')"):
                holds = key == "b"
            case _:
                holds = child == 1 and child is not True
        if holds:
            found.append((key, child))
    return found


def _simple(value: Any, path: JsonPath) -> set[tuple[Any, ...]]:
    """What the paths should match, step by step and without any cleverness."""
    places: dict[tuple[Any, ...], Any] = {(): value}
    for step in path.steps:
        reached = dict(places)
        stack = list(places.items())
        while step.deep and stack:
            place, node = stack.pop()
            for key, child in _children(node):
                if (*place, key) not in reached:
                    reached[*place, key] = child
                    stack.append(((*place, key), child))
        places = {
            (*place, key): child for place, node in reached.items() for key, child in _selected(node, step)
        }
    return {place[: len(place) - path.up] for place in places if len(place) >= path.up}


@given(VALUES, PATHS)
def test_the_automaton_agrees_with_a_simple_evaluator(value: Any, text: str) -> None:
    path = parse(text)
    assert {match.path for match in matches(value, path)} == _simple(value, path)


@given(VALUES, st.lists(PATHS, min_size=2, max_size=6))
def test_together_is_the_same_as_one_by_one(value: Any, texts: list[str]) -> None:
    found: list[Match] = []
    traverse(value, Automaton([parse(text) for text in texts]), found.append)
    for number, text in enumerate(texts):
        together = sorted(str(match.path) for match in found if match.expression == number)
        assert together == sorted(str(match.path) for match in matches(value, parse(text)))


COMMON = st.lists(st.sampled_from([".a", ".b", ".*", "[0]", "[*]"]), min_size=1, max_size=4).map(
    lambda steps: "$" + "".join(steps)
)


def _keys(datum: Any) -> tuple[Any, ...]:
    keys: list[Any] = []
    while datum is not None and not isinstance(datum.path, jsonpath_ng.Root | jsonpath_ng.This):
        keys.append(
            datum.path.fields[0] if isinstance(datum.path, jsonpath_ng.Fields) else datum.path.indices[0]
        )
        datum = datum.context
    return tuple(reversed(keys))


@given(VALUES, COMMON)
def test_agrees_with_jsonpath_ng_on_plain_paths(value: Any, text: str) -> None:
    # jsonpath-ng's `.*` is about mappings and its `[*]` about lists; here both are about either.
    ours = {match.path for match in matches(value, parse(text))}
    assert {
        _keys(datum) for datum in jsonpath_ng.parse(text).find(value) if _plain(value, _keys(datum))
    } <= ours


def _plain(value: Any, keys: tuple[Any, ...]) -> bool:
    """jsonpath-ng takes a scalar for a list of one."""
    for key in keys:
        if not isinstance(value, dict | list):
            return False
        value = value[key]
    return True
