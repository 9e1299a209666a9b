from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint.errors import ScriptError
from linters.lint.expressions import Here, compile_expression, needs, parse
from linters.lint.javascript import truthy


@pytest.mark.parametrize(
    ("source", "names", "members", "null_fails"),
    [
        ("@property === 'a'", {"a"}, None, True),
        ("@property === 'a' || @property == 'b'", {"a", "b"}, None, True),
        ("@property in ['a', 'b']", {"a", "b"}, None, True),
        ("@ && @.enum", None, {"enum"}, False),
        ("@.enum", None, {"enum"}, True),
        ("@ && (@.a || @.b)", None, {"a", "b"}, False),
        ("@ && @.type == 'x' && @.other", None, {"type"}, False),
        ("@ && @.x !== void 0", None, {"x"}, False),
        ("@ && @.x !== null", None, None, False),
        ("@ && @.x == null", None, None, False),
        ("@ && !@.x", None, None, False),
        ("@ && @.length > 1", None, None, False),
        ("@property !== 'a' && @ && @.enum", None, {"enum"}, False),
        ("@.a.b", None, None, True),
    ],
)
def test_what_a_filter_needs(
    source: str, names: set[str] | None, members: set[str] | None, null_fails: bool
) -> None:
    found = needs(parse(source))
    assert (found.names, found.members, found.null_fails) == (names, members, null_fails)


PARTS = st.sampled_from(
    ["@", "@.a", "@.b", "@.a === 'x'", "@.a !== void 0", "@.a != null", "@.a == null", "@property === 'a'", "@property in ['a','b']",
     "/a/.test(@property)", "@property.match(/b/)", "@ !== null", "@.a.b", "@string()", "@.length > 1", "@ != null", "@.b !== null"]
)  # fmt: skip
SOURCES = st.recursive(
    PARTS,
    lambda inner: (
        st.builds("({} && {})".format, inner, inner)
        | st.builds("({} || {})".format, inner, inner)
        | st.builds("!{}".format, inner)
    ),
    max_leaves=5,
)
VALUES = (
    st.none()
    | st.sampled_from([0, 1, "", "x", "ab", True])
    | st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from([None, 0, "x", {"b": 1}]), max_size=3)
    | st.lists(st.integers(), max_size=2)
)


@given(SOURCES, VALUES, st.sampled_from(["a", "b", "c", 0]))
def test_a_child_that_lacks_what_is_needed_neither_passes_nor_fails(
    source: str, value: Any, key: str | int
) -> None:
    expression = parse(source)
    found = needs(expression)
    here = Here({})
    here.property = key
    try:
        passes = truthy(compile_expression(expression)(value, here))
    except ScriptError:
        # Failures count on null only where the analysis says so, and elsewhere where nothing rules the child out.
        assert value is not None or found.null_fails or found.names is not None
        return
    if not passes:
        return
    assert found.names is None or key in found.names
    assert found.members is None or (isinstance(value, dict) and not found.members.isdisjoint(value))
    if found.by_key is not None:
        assert truthy(compile_expression(found.by_key)(None, here))
