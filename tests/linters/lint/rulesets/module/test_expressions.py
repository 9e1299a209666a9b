from __future__ import annotations

from typing import Any

import pytest

from .reading import refused, value


@pytest.mark.parametrize(
    ("expression", "worth"),
    [
        ("'a'", "a"),
        ("`a\\`b`", "a`b"),
        ("'a' + \"b\" + `c`", "abc"),
        ("-1.5", -1.5),
        ("0x10", 16),
        ("[true, false, null, undefined,]", [True, False, None, None]),
        ("/^[a-z]+$/i", "/^[a-z]+$/i"),
        ("({ a: 1, 'b-c': 2, 3: 4, ['d']: 5, })", {"a": 1, "b-c": 2, "3": 4, "d": 5}),
        ("{ a: undefined, b: 1 }", {"b": 1}),
        ("['x'] as const", ["x"]),
        ("{} satisfies Partial<Rules[]>", {}),
    ],
)
def test_literals(expression: str, worth: Any) -> None:
    assert value(expression) == worth


@pytest.mark.parametrize(
    ("before", "expression", "worth"),
    [
        ("const a = 1", "a", 1),
        ("const a = 1", "{ a }", {"a": 1}),
        ("const k = 'name'", "{ [k]: 2 }", {"name": 2}),
        ("const o = { p: { q: 3 } }", "o.p.q", 3),
        ("const o = { 'p-q': 3 }", "o['p-q']", 3),
        ("const a = [1, 2]", "[0, ...a, 3]", [0, 1, 2, 3]),
        ("const o = { a: 1, b: 1 }", "{ ...o, b: 2 }", {"a": 1, "b": 2}),
    ],
)
def test_names_stand_for_what_was_declared_above(before: str, expression: str, worth: Any) -> None:
    assert value(expression, before) == worth


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("(x) => x", "a function is code"),
        ("() => 1", "a function is code"),
        ("x => x", "a function is code"),
        ("async () => 1", "a function is code"),
        ("function () {}", "a function is code"),
        ("class {}", "a function is code"),
        ("{ check(value) {} }", "a method is code"),
        ("{ get a() { return 1 } }", "a method is code"),
        ("String(1)", "the call of String() has to be run"),
        ("['a'].concat(['b'])", "the call of .concat() has to be run"),
        ("new RegExp('a')", "'new' has to be run"),
        ("`a${1}`", "a template text with ${…} has to be computed"),
        ("1 + 2", "only texts are joined with '+'"),
        ("2 * 3", "'*' has to be computed"),
        ("true ? 1 : 2", "'?' has to be computed"),
        ("!true", "'!' stands where a value should"),
        ("nowhere", "'nowhere' is not defined above"),
        ("{ ...nowhere }", "'nowhere' is not defined above"),
        ("{ ...[1] }", "takes an object that this file holds"),
        ("[...{}]", "takes a list that this file holds"),
        ("{}.a", "there is no member 'a'"),
        ("[1,,2]", "',' stands where a value should"),
    ],
)
def test_what_has_to_be_run_is_refused_with_its_line(expression: str, words: str) -> None:
    error = refused(f"export default {{\n  it:\n {expression} }}")
    assert words in error.message
    assert error.line == 3
    assert error.source == "house.mjs"


def test_depth_is_bounded() -> None:
    assert "more than 100 deep" in refused("export default " + "[" * 200).message
    assert "more than 100 deep" in refused("const a: A" + "<A" * 200 + " = 1").message
