from __future__ import annotations

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.acceptors.automata import WRITTEN, automaton_of
from gateway.acceptors.patterns import Inexpressible, parse_pattern

_CHARACTERS = "".join(map(chr, sorted(WRITTEN)))
_TEXTS = st.text(st.sampled_from("ab01-_. :/ZT" + _CHARACTERS), max_size=12)
_ATOMS = st.sampled_from(
    ["a", "b", "0", "-", ".", r"\.", r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", "[ab]", "[^a-z0]", "[0-9_-]", r"[\w.-]", "[a-]",
     r"[\d\-]", r"\/", ":", "Z"]
)  # fmt: skip
_COUNTS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,}", "{0,3}", "+?", "*?"])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeated = st.builds("{}{}".format, parts, _COUNTS)
    sequence = st.lists(repeated, min_size=1, max_size=4).map("".join)
    return st.lists(sequence, min_size=1, max_size=3).map(lambda held: f"({'|'.join(held)})")


_INNER = st.recursive(_ATOMS, _joined, max_leaves=8)
PATTERNS = st.builds(
    "{}{}{}".format, st.sampled_from(["", "^"]), st.lists(_INNER, min_size=1, max_size=3).map("".join), st.sampled_from(["", "$"])
)  # fmt: skip


def matches(pattern: str, text: str) -> bool:
    automaton = automaton_of(pattern)
    state: int | None = 0
    for character in text:
        state = automaton.moves[state].get(ord(character)) if state is not None else None
    return state in automaton.accepting


@given(PATTERNS, _TEXTS)
def test_they_match_what_the_validator_finds(pattern: str, text: str) -> None:
    try:
        found = matches(pattern, text)
    except Inexpressible:
        return
    assert found == jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(text)


@pytest.mark.parametrize(
    ("pattern", "held", "refused"),
    [
        ("^[A-Z]{2}[0-9]{3}$", "AB123", "xAB123"),
        ("b+c", "abbcd", "ac"),
        ("^a|b$", "xxb", "xbx"),
        ("(^1Z[0-9]{2}$)|(^R$)", "R", "1Z123"),
        (r"^[^\s]+$", "a.b", "a b"),
        ("^(?:a|b)*$", "abba", "abc"),
        ("^$", "", "a"),
        (r"^\$[0-9]+(\.[0-9]{2})?$", "$5.00", "$5.0"),
        ("^[.]$", ".", "a"),
        ("^é?a$", "a", "b"),
    ],
)
def test_patterns_of_contracts(pattern: str, held: str, refused: str) -> None:
    if "é" in pattern:
        with pytest.raises(Inexpressible):
            automaton_of(pattern)
        return
    assert matches(pattern, held)
    assert not matches(pattern, refused)


@pytest.mark.parametrize(
    "pattern",
    ["^(?!a)", "(?<=a)b", r"\bword\b", r"(a)\1", r"\p{L}", r"\u0041", r"\x41", "[[:alpha:]]", "[a&&b]", "a++", "a{2}{3}", "[]", "a{",
     "a{3,2}", "(a", "a)", "[a", "*", "a{2000}", "^*", r"\cA", "(?i)a", "[z-a]", "\\", r"[\d-z]", "[--a]", "(" * 60 + "a" + ")" * 60],
)  # fmt: skip
def test_what_engines_may_disagree_about_is_left_to_the_validator(pattern: str) -> None:
    with pytest.raises(Inexpressible, match="the pattern"):
        parse_pattern(pattern)
