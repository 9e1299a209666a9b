from __future__ import annotations

from typing import Any

import pytest

from linters.lint.errors import ScriptError
from linters.lint.fields import parse_field
from linters.lint.javascript import UNDEFINED


@pytest.mark.parametrize(
    ("field", "value", "targets"),
    [
        (None, {"a": 1}, [((), {"a": 1})]),
        ("a", {"a": 1}, [(("a",), 1)]),
        ("a.b[0]", {"a": {"b": [5]}}, [(("a", "b", "0"), 5)]),
        ("a.b", {"a": {}}, [(("a", "b"), UNDEFINED)]),
        ("a.b", {"a.b": 7}, [(("a", "b"), 7)]),
        ('x["y.z"]', {"x": {"y.z": 1}}, [(("x", "y.z"), 1)]),
        ("@key", {"a": 1, "b": 2}, [(("a",), "a"), (("b",), "b")]),
        ("@key", [7], [((0,), "0")]),
        ("@key", {}, [((), UNDEFINED)]),
        ("$.a[*]", {"a": [1, 2]}, [(("a", 0), 1), (("a", 1), 2)]),
        ("$.nope", {"a": 1}, [((), UNDEFINED)]),
        ("$ref", {"$ref": "a.yaml"}, [(("$ref",), "a.yaml")]),
        ("$ref", {"get": {}}, [((), UNDEFINED)]),
        ("a", "text", [((), "text")]),
        ("length", [1, 2], [(("length",), 2)]),
    ],
)
def test_targets(field: str | None, value: Any, targets: list[Any]) -> None:
    assert list(parse_field(field).targets(value)) == targets


def test_a_broken_expression_is_refused() -> None:
    with pytest.raises(ScriptError):
        parse_field("$[")
