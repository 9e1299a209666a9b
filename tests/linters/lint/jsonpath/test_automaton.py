from linters.lint.jsonpath import parse
from linters.lint.jsonpath.automaton import Automaton


def test_expressions_share_their_states() -> None:
    automaton = Automaton([parse("$.a.x"), parse("$.a.y"), parse("$")])
    assert automaton.roots == (2,)
    start = automaton.start
    assert start is not None
    automaton.prepare(start)
    assert set(start.edges) == {"a"}
    assert start.other is None
    below = start.edges["a"].plain.below
    assert below is not None
    assert below.items == {(0, 1), (1, 1)}


def test_a_descent_leads_back_to_its_state() -> None:
    automaton = Automaton([parse("$..a")])
    start = automaton.start
    assert start is not None
    automaton.prepare(start)
    assert start.other is not None
    assert start.other.plain.below is start
    assert start.edges["a"].plain.matches == (0,)


def test_states_know_when_the_way_matters() -> None:
    for text, by_key, by_route in (
        ("$..a", False, False),
        ("$..a[?(@parentProperty === 'x')]", True, False),
        ("$..a^^", False, True),
        ("$..[?(@path == 'x')]", False, True),
    ):
        automaton = Automaton([parse(text)])
        automaton.prepare(automaton.start) if automaton.start else None
        states = [automaton.start, *automaton._states.values()]
        assert any(state is not None and state.by_key for state in states) is by_key, text
        assert any(state is not None and state.by_route for state in states) is by_route, text
