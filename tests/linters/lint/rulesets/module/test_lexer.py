from __future__ import annotations

import pytest

from linters.lint.rulesets.module.lexer import Source, tokens


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.value) for token in tokens(text)][:-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("// a\n/* b\n */ x", [("name", "x")]),
        (r"'it\'s' \"".replace(r"\"", '"q"'), [("text", "it's"), ("text", "q")]),
        (r"'\x41\u0042\u{43}\n'", [("text", "ABC\n")]),
        ("'one \\\n line'", [("text", "one  line")]),
        ("`two\nlines`", [("template", "two\nlines")]),
        ("1_000 0x1F .5 1e3", [("number", "1000"), ("number", "0x1F"), ("number", ".5"), ("number", "1e3")]),
        ("= /a[/]b\\//gi", [("operator", "="), ("regex", "a[/]b\\/")]),
        ("a / b / c", [("name", "a"), ("operator", "/"), ("name", "b"), ("operator", "/"), ("name", "c")]),
        ("...x => $y", [("operator", "..."), ("name", "x"), ("operator", "=>"), ("name", "$y")]),
        ("größe", [("name", "größe")]),
    ],
)
def test_tokens(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


def test_the_flags_of_a_regular_expression_stand_beside_it() -> None:
    assert next(tokens("/x/iu")).flags == "iu"


def test_what_begins_no_token_ends_the_list() -> None:
    assert [token.kind for token in tokens("a 'open")] == ["name", "unknown"]


def test_places_are_lines_and_columns_from_one() -> None:
    source = Source("ab\r\ncd\nef")
    assert [source.place(at) for at in (0, 1, 4, 7, 8)] == [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]


@pytest.mark.parametrize("text", ["x /* never closed", "= /[never closed", "= /never closed\n/"])
def test_what_never_closes_ends_the_list(text: str) -> None:
    assert [token.kind for token in tokens(text)][-1] == "unknown"


@pytest.mark.parametrize("text", ["/*a" * 200_000, "/[ " * 200_000, "'a" * 200_001, "`a" * 200_001])
def test_a_long_text_that_never_closes_is_not_looked_through_again_and_again(text: str) -> None:
    assert [token.kind for token in tokens(text)][-1] == "unknown"
