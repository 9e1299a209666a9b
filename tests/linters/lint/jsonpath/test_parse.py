from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint.errors import ScriptError
from linters.lint.jsonpath.parse import parse
from linters.lint.jsonpath.steps import Anything, Names, Slice, Step


def _names(*names: str, deep: bool = False) -> Step:
    return Step(Names(frozenset(names)), deep)


def test_steps() -> None:
    assert parse("$.a['b c'][get,put][0][*][1:]..x").steps == (
        _names("a"), _names("b c"), _names("get", "put"), _names("0"), Step(Anything(), False), Step(Slice(1, None, 1), False), _names("x", deep=True)
    )  # fmt: skip


def test_a_dot_before_a_bracket_descends() -> None:
    assert parse("$.a.[b]").steps == (_names("a"), _names("b", deep=True))


def test_names_with_other_characters_are_taken_literally() -> None:
    assert parse("$.content.application/json").steps == (_names("content"), _names("application/json"))
    assert parse("$.r[200, 204].x").steps == (_names("r"), _names("200", " 204"), _names("x"))


def test_parents_and_keys() -> None:
    path = parse("$.a.b^^~")
    assert (path.up, path.keys, path.onward) == (2, True, None)
    onward = parse("$.a^.b").onward
    assert onward is not None
    assert onward.steps == (_names("b"),)


def test_brackets_in_filters_do_not_close_them() -> None:
    path = parse("$.a[?(@.x === ']' && /[)\\]]/.test(@.y) && @['z'])].b")
    assert len(path.steps) == 3


@pytest.mark.parametrize(
    "text",
    [
        "books",
        "",
        "$[",
        "$[?(@.a]",
        "$~",
        "$.a[?(@ =~ /x/)]",
        "$[(x)]",
        "$[0:1:0]",
        "$.a~.b",
        "$" + ".a" * 300,
        "$." + "a" * 20_000,
    ],
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ScriptError):
        parse(text)


@given(st.text("$.a*[]'?(@)~^:0-, ", max_size=20))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        parse("$" + text)
    except ScriptError as error:
        assert str(error)  # noqa: PT017
