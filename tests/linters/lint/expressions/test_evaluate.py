from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint.errors import ScriptError
from linters.lint.expressions import Here, Link, compile_expression, parse
from linters.lint.javascript import UNDEFINED


def _value(source: str, value: Any = None, names: dict[str, Any] | None = None) -> Any:
    here = Here({"root": 1})
    here.link = Link(here.link, "items", [value])
    here.property = 0
    return compile_expression(parse(source), names)(value, here)


@pytest.mark.parametrize(
    ("source", "value", "result"),
    [
        ("@.a && @.b", {"a": 1, "b": 2}, 2),
        ("@.a || 'x'", {}, "x"),
        ("@.a ?? 1", {"a": None}, 1),
        ("@.a === void 0", {}, True),
        ("@.a == null", {"a": None}, True),
        ("@.length > 1", [1, 2], True),
        ("@[0]", ["x"], "x"),
        ("@.constructor.name", [], "Array"),
        ("@ in ['a','b']", "b", True),
        ("'a' in @", {"a": 1}, True),
        ("@.match(/^a/) ? 1 : 2", "ab", 1),
        ("/^A/i.test(@)", "ab", True),
        ("@.startsWith('a') && @.endsWith('b') && @.includes('ab')", "ab", True),
        ("@.toUpperCase() + 1", "a", "A1"),
        ("@.slice(1, -1)", "abc", "b"),
        ("@.split(',').length", "a,b", 2),
        ("@property === 0 && @parentProperty === 'items'", None, True),
        ("@property.match(/^0/) && @property.includes('0')", None, True),
        ("@property.length > 0", None, False),
        ("@root.root + @path", None, "1$['items'][0]"),
        ("@parent.length", None, 1),
        ("-@ % 3", 5, -2),
        ("@string()", "a", True),
        ("@integer()", 1.5, False),
        ("@.hasOwnProperty('a')", {"a": 1}, True),
    ],
)
def test_expressions(source: str, value: Any, result: Any) -> None:
    assert _value(source, value) == result


@pytest.mark.parametrize("source", ["@.a", "process.exit(1)", "@.a.b", "typeof 1", "1 in 2", "@nope", "x()"])
def test_what_javascript_refuses_is_refused_when_it_comes_to_it(source: str) -> None:
    with pytest.raises(ScriptError):
        _value(source, None)
    assert _value(f"false && {source}") is False


def test_nothing_of_python_is_in_reach() -> None:
    for source in ("@.__class__", "@['__class__']", "@.constructor.__init__", "''.format"):
        assert _value(source, {}) is UNDEFINED


def test_names_are_what_the_surroundings_define() -> None:
    assert _value("greet(name)", names={"name": "you", "greet": lambda name: f"hi {name}"}) == "hi you"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)
SOURCES = st.recursive(
    st.sampled_from(
        ["@", "@.a", "@.b.length", "@property", "1", "'a'", "null", "void 0", "@.match(/a/)", "@root"]
    ),
    lambda inner: (
        st.builds(
            "({} {} {})".format, inner, st.sampled_from(["&&", "||", "==", "===", "<", "+", "%", "in"]), inner
        )
        | st.builds("!{}".format, inner)
    ),
    max_leaves=5,
)


@given(SOURCES, VALUES)
def test_evaluation_gives_a_value_or_a_script_error(source: str, value: Any) -> None:
    try:
        _value(source, value)
    except ScriptError as error:
        assert str(error)  # noqa: PT017
