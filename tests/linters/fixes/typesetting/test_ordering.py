"""Members and items in another order."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Order
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import typeset


def test_lines_move_with_the_comments_above_them() -> None:
    text = "tags:\n  # all of them\n  - name: b # b's\n  # about a\n  - name: a\n    x: 1"
    assert typeset(text, Order(("tags",), (1, 0))) == (
        "tags:\n  # all of them\n  # about a\n  - name: a\n    x: 1\n  - name: b # b's"
    )


def test_inside_brackets_only_the_texts_move() -> None:
    assert typeset("a: [c, b, # two\n  a]\n", Order(("a",), (2, 1, 0))) == "a: [a, b, # two\n  c]\n"
    assert typeset('{"b": 1, "a": 2}', Order((), (1, 0))) == '{"a": 2, "b": 1}'


@pytest.mark.parametrize("text", ["a: &x\n  - 1\n  - 2\n", "- - 1\n  - 2\n"])
def test_what_is_not_alone_on_its_line_stays(text: str) -> None:
    path = ("a",) if text.startswith("a") else (0,)
    if text.startswith("a"):
        assert typeset(text, Order(path, (1, 0))) == "a: &x\n  - 2\n  - 1\n"
        return
    with pytest.raises(CannotFix):
        typeset(text, Order(path, (1, 0)))


def test_an_order_of_something_else_is_refused() -> None:
    with pytest.raises(CannotFix):
        typeset("<<: {x: 1}\nb: 1\na: 2\n", Order((), (2, 1, 0)))
