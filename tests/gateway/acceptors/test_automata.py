from __future__ import annotations

import pytest

from gateway.acceptors.automata import automaton_of
from gateway.acceptors.patterns import Inexpressible


def test_a_state_is_made_once_for_all_that_lead_to_it() -> None:
    automaton = automaton_of("^(a|b)[0-9]$")
    assert len(automaton.moves) == 3
    assert automaton.moves[0].keys() == set(b"ab")
    assert automaton.accepting == {2}


def test_quotes_and_backslashes_are_never_read() -> None:
    automaton = automaton_of("")
    assert not set(b'"\\') & set().union(*automaton.moves)


@pytest.mark.parametrize("pattern", ["(a|b)*a(a|b){12}", "^(a{1000}){1000}$", "^(a{0,900}b){0,900}$"])
def test_what_would_grow_too_large_is_given_up(pattern: str) -> None:
    with pytest.raises(Inexpressible, match="too large"):
        automaton_of(pattern)
