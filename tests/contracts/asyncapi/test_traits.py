"""Traits: the order differs between 2.x and 3.x."""

import pytest

from contracts.asyncapi.traits import applied, with_traits
from contracts.tolerant import Reader
from tests.contracts.made import documents


@pytest.mark.parametrize(
    ("own_wins", "expected"),
    [
        (True, {"a": "own", "b": "second", "c": {"x": 1, "y": 3}}),
        (False, {"a": "second", "b": "second", "c": {"x": 1, "y": 2}}),
    ],
)
def test_who_wins(own_wins: bool, expected: dict[str, object]) -> None:
    made = documents(
        """
        a: own
        c: {y: 3}
        traits: [{a: first, b: first, c: {x: 1, y: 2}}, {$ref: '#/t'}]
        t: {a: second, b: second}
        """
    )
    found = applied(Reader(made), made.top, own_wins=own_wins)
    assert {key: found[key].value for key in "abc"} == expected


def test_what_only_one_side_says_keeps_its_place() -> None:
    made = documents("a: {headers: {type: object}, traits: [{$ref: 't.yaml'}]}", t="payload: {type: string}")
    node = made.top.child("a")
    found = applied(Reader(made), node, own_wins=True)
    assert (found["headers"].source, found["headers"].path) == ("main.yaml", ("a", "headers"))
    assert (found["payload"].source, found["payload"].path) == ("t.yaml", ("payload",))


def test_null_removes_what_the_trait_said() -> None:
    made = documents("c: {x: null}\ntraits: [{c: {x: 1, y: 2}}]")
    assert applied(Reader(made), made.top, own_wins=True)["c"].value == {"y": 2}


def test_references_are_merged_by_what_they_stand_for() -> None:
    made = documents("c: {$ref: '#/d'}\ntraits: [{c: {x: 1}}]\nd: {y: 2}")
    found = applied(Reader(made), made.top, own_wins=True)["c"]
    assert (found.value, found.path) == ({"x": 1, "y": 2}, ("d",))


def test_a_merge_across_files_that_would_lose_references_is_told() -> None:
    made = documents("c: {y: 2}\ntraits: [{$ref: 't.yaml'}]", t="c: {x: {$ref: '#/z'}}\nz: 1")
    reader = Reader(made)
    assert applied(reader, made.top, own_wins=True)["c"].value == {"y": 2}
    assert [problem.code for problem in reader.problems] == ["trait-across-files"]


def test_without_traits_nothing_changes() -> None:
    made = documents("a: 1")
    node = made.top
    assert with_traits(Reader(made), node, own_wins=True) is node
