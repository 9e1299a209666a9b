from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.diff.proof.automata import BEGIN, END, Automaton, complement, only, searching


def accepts(automaton: Automaton, text: str) -> bool:
    states = automaton.closed(frozenset((automaton.start,)))
    for point in (BEGIN, *map(ord, text), END):
        states = automaton.after(states, point)
    return automaton.final in states


@pytest.mark.parametrize(
    "pattern",
    [
        "a", "^a", "a$", "^a$", "^$", "", "^(a|bc)+$", "^[a-c]{2,4}$", "(^|,)x", "x(,|$)", "^a?b*c+$",
        r"^\d{3}-[^0-9a]$", r"\w\s\w", "^(?:ab){0,2}$", ".", "^.{3}$", "a|^b|c$", "^(?:a|)b",
    ],
)  # fmt: skip
@given(text=st.text("abcx,09- \n", max_size=6))
def test_an_automaton_accepts_what_the_search_finds(pattern: str, text: str) -> None:
    automaton = searching(pattern)
    assert automaton is not None
    # Python's `$` also stands before a last line end, ECMA-262's does not.
    found = re.search(pattern.replace("$", r"\Z"), text, re.ASCII)
    assert accepts(automaton, text) is (found is not None)


@pytest.mark.parametrize(
    "pattern",
    [r"(a)\1", "(?=a)a", r"\bword", "a^b", "a$b", "(^a)*b", "(?i:a)", "(", "a{5000}", "x" * 3_000, r"\p{L}"],
)
def test_what_is_beyond_automata_has_none(pattern: str) -> None:
    assert searching(pattern) is None


@given(st.text(max_size=5), st.text(max_size=5))
def test_the_automaton_of_one_text(text: str, other: str) -> None:
    assert accepts(only(text), text)
    assert accepts(only(text), other) is (text == other)


def test_a_complement_leaves_surrogates_out() -> None:
    assert complement(((0, 10),)) == ((11, 0xD7FF), (0xE000, 0x10FFFF))
    assert complement(complement(((65, 90),))) == ((65, 90),)
