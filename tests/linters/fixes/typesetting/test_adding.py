"""Members that come into a mapping."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Add
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import typeset


@pytest.mark.parametrize(
    ("text", "after", "wanted"),
    [
        ("a:\n  type: x  # why\n# end\n", None, "a:\n  type: x  # why\n  new: 1\n# end\n"),
        ("a:\n  type: x\n  z: 1", None, "a:\n  type: x\n  z: 1\n  new: 1"),
        ("a:\n  type: x # t\n  z: 1\n", "type", "a:\n  type: x # t\n  new: 1\n  z: 1\n"),
        (
            "a:\r\n  b:\r\n    c: |\r\n      text\r\nd: 1\r\n",
            None,
            "a:\r\n  b:\r\n    c: |\r\n      text\r\n  new: 1\r\nd: 1\r\n",
        ),
        ("a: {type: x}  # why\n", None, "a: {type: x, new: 1}  # why\n"),
        ("a: {type: x, z: 2}\n", "type", "a: {type: x, new: 1, z: 2}\n"),
        ("a: {}\n", None, "a: {new: 1}\n"),
        ("a: {\n  type: x  # why\n}\n", None, "a: {\n  type: x,  # why\n  new: 1\n}\n"),
        ("a: {\n  type: x,  # why\n  z: 1}\n", "type", "a: {\n  type: x,  # why\n  new: 1,\n  z: 1}\n"),
        ('{"a": {"type": "x"}}', None, '{"a": {"type": "x", "new": 1}}'),
        ('{"a": {\n\t"type": "x"\n}}', None, '{"a": {\n\t"type": "x",\n\t"new": 1\n}}'),
    ],
)
def test_it_stands_where_its_neighbours_do(text: str, after: str | None, wanted: str) -> None:
    assert typeset(text, Add(("a",), "new", 1, after)) == wanted


def test_a_collection_is_written_in_the_style_around_it() -> None:
    value = {"b": {"c": [1, {"d": "x"}]}}
    assert typeset("a:\n    t: 1\n", Add(("a",), "new", value)) == (
        "a:\n    t: 1\n    new:\n        b:\n            c:\n                - 1\n                - d: x\n"
    )
    assert typeset("- t: 1\n", Add((0,), "new", {"b": []})) == "- t: 1\n  new:\n    b: []\n"
    assert (
        typeset('{\n  "t": 1\n}', Add((), "new", {"b": 1})) == '{\n  "t": 1,\n  "new": {\n    "b": 1\n  }\n}'
    )


@pytest.mark.parametrize("text", ["a: x\n", "a: [x]\n", "a:\n", "b: &n {c: 1}\na: *n\n"])
def test_only_mappings_take_members(text: str) -> None:
    with pytest.raises(CannotFix):
        typeset(text, Add(("a",), "new", 1))
