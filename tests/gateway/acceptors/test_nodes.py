from __future__ import annotations

import pytest

from gateway.acceptors.nodes import ANYTHING, NOTHING, Array, Intersections, Node, Numbers, Object, Strings
from gateway.acceptors.patterns import Inexpressible


def test_what_holds_together_narrows() -> None:
    one = Node(
        True,
        frozenset({True}),
        Numbers(minimum=1, below=9),
        Strings(2, 5, frozenset({"a"})),
        Array(ANYTHING, 1),
    )
    other = Node(False, frozenset({True, False}), Numbers(True, 3, 12), Strings(0, 4), Array(NOTHING, 0, 3))
    both = Intersections().of(one, other)
    assert (both.null, both.booleans) == (False, {True})
    assert both.numbers == Numbers(True, 3, 12, None, 9)
    assert both.strings == Strings(2, 4, frozenset({"a"}))
    assert both.array is not None
    assert (both.array.items, both.array.least, both.array.most) == (NOTHING, 1, 3)


def test_anything_changes_nothing() -> None:
    node = Node(null=True)
    assert Intersections().of(node, ANYTHING) is node
    assert Intersections().of(ANYTHING, node) is node


def test_properties_of_one_are_the_rest_of_the_other() -> None:
    texts, tall = Node(strings=Strings()), Node(strings=Strings(3))
    first, second = Object({"a": texts}, frozenset({"a"}), texts), Object({"b": tall}, frozenset({"b"}), None)
    both = Intersections().objects(first, second)
    assert both.required == {"a", "b"}
    assert both.of("a").empty  # of other properties than `b` nothing is known
    assert both.of("b").strings == Strings(3)
    assert both.rest is None


def test_alternatives_are_combined_and_hopeless_ones_left_out() -> None:
    def tagged(value: str) -> Object:
        return Object(
            {"kind": Node(strings=Strings(literals=frozenset({value})))}, frozenset({"kind"}), ANYTHING
        )

    cats_and_dogs = Node(objects=(tagged("cat"), tagged("dog")))
    assert len(Intersections().of(cats_and_dogs, Node(objects=cats_and_dogs.objects)).objects) == 2
    assert len(Intersections().of(cats_and_dogs, Node(objects=(tagged("wolf"),))).objects) == 0
    many = Node(objects=tuple(Object({str(place): ANYTHING}, rest=ANYTHING) for place in range(10)))
    with pytest.raises(Inexpressible, match="alternatives"):
        Intersections().of(many, Node(objects=many.objects[:9]))
    with pytest.raises(Inexpressible, match="alternatives"):
        _ = many | many | many | many | many


def test_either_keeps_what_one_of_them_knows() -> None:
    found = Node(strings=Strings(literals=frozenset({"a"}))) | Node(
        True, strings=Strings(literals=frozenset({"b"}))
    )
    assert found.null
    assert found.strings == Strings(literals=frozenset({"a", "b"}))
    # Two schemas for texts are not merged: one is enough to know some.
    assert (Node(strings=Strings(1, 2)) | Node(strings=Strings(5))).strings == Strings(1, 2)


def test_of_what_is_not_made_yet_nothing_is_known() -> None:
    unready = Node(ready=False)
    assert Intersections().of(unready, Node(null=True)) is NOTHING
    assert Intersections().of(unready, ANYTHING) is unready
    assert not unready.empty


def test_no_literal_is_nothing() -> None:
    assert Node(strings=Strings(literals=frozenset())).empty
    assert NOTHING.empty
    assert not ANYTHING.empty


def test_two_that_hold_themselves_come_to_an_end() -> None:
    def tree(least: int) -> Node:
        made = Node(ready=False)
        made.become(Node(array=Array(made, least)))
        return made

    both = Intersections().of(tree(1), tree(2))
    assert both.array is not None
    assert both.array.least == 2
    assert both.array.items is both


def test_many_that_share_their_parts_are_not_spelled_out() -> None:
    def ladder() -> Node:
        held = Node(null=True)
        for _ in range(60):
            held = Node(objects=(Object({"a": held, "b": held}),))
        return held

    assert Intersections().of(ladder(), ladder()).objects  # 2**60 pairs, one by one
