"""Patterns as deterministic automata over the bytes of JSON strings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .patterns import (
    ASCII,
    Characters,
    Edge,
    Either,
    Inexpressible,
    Pattern,
    Repeated,
    Sequence,
    parse_pattern,
)

_NODES: Final = 20_000
_STATES: Final = 600
_STEPS: Final = 400_000
"""What building one automaton may take."""
_QUOTE, _BACKSLASH = 0x22, 0x5C
WRITTEN: Final = ASCII - {_QUOTE, _BACKSLASH}
"""Characters that stand in a JSON string as themselves."""


@dataclass(frozen=True, slots=True)
class Automaton:
    """`moves` leads from a state, by a byte, to the next; what it does not hold is refused. It begins in state 0."""

    moves: tuple[dict[int, int], ...]
    accepting: frozenset[int]


@lru_cache(maxsize=500)
def automaton_of(pattern: str) -> Automaton:
    """The automaton of the strings in which a regular expression is found. Raises `Inexpressible` where it says what is
    not understood here, or the automaton would be too large."""
    return _determined(_Nondeterministic(parse_pattern(pattern)))


class _Nondeterministic:
    """States with moves by characters and moves by nothing (Thompson's construction)."""

    def __init__(self, pattern: Pattern) -> None:
        self.moves: list[tuple[frozenset[int], int] | None] = []
        self.silent: list[list[int]] = []
        self.edges: dict[int, tuple[Edge, int]] = {}
        """From where it goes on at an edge of the text only."""
        self.start = self._new()
        self.end = self._build(pattern, self.start)

    def _new(self) -> int:
        if len(self.silent) >= _NODES:
            raise Inexpressible("a pattern that is too large")
        self.moves.append(None)
        self.silent.append([])
        return len(self.silent) - 1

    def _build(self, pattern: Pattern, start: int) -> int:
        """The state in which the pattern ends that begins in `start`."""
        match pattern:
            case Characters(held):
                end = self._new()
                self.moves[start] = held & WRITTEN, end
                return self._after(end)
            case Sequence(parts):
                for part in parts:
                    start = self._build(part, start)
                return start
            case Either(alternatives):
                end = self._new()
                for alternative in alternatives:
                    self.silent[self._build(alternative, self._after(start))].append(end)
                return self._after(end)
            case Repeated(part, least, most):
                return self._repeated(part, start, least, most)
            case Edge():
                end = self._new()
                self.edges[start] = pattern, end
                return self._after(end)

    def _repeated(self, part: Pattern, start: int, least: int, most: int | None) -> int:
        for _ in range(least):
            start = self._build(part, start)
        if most is None:
            loop = self._after(start)
            self.silent[self._build(part, self._after(loop))].append(loop)
            return self._after(loop)
        end = self._new()
        self.silent[start].append(end)
        for _ in range(most - least):
            start = self._build(part, self._after(start))
            self.silent[start].append(end)
        return self._after(end)

    def _after(self, state: int) -> int:
        """A new state that a state leads to by nothing: each has one move by characters."""
        made = self._new()
        self.silent[state].append(made)
        return made

    def closure(self, states: frozenset[int], *, first: bool = False) -> frozenset[int]:
        """Where one may be without reading on; `first` where nothing has been read."""
        found = self._reached(states, first, end=False)
        # States that only lead on by nothing make no difference.
        return frozenset(
            state
            for state in found
            if self.moves[state] is not None or state == self.end or state in self.edges
        )

    def accepts(self, states: frozenset[int], *, first: bool) -> bool:
        """Whether the text may end there."""
        return self.end in self._reached(states, first, end=True)

    def _reached(self, states: frozenset[int], first: bool, *, end: bool) -> set[int]:
        found = set(states)
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            targets = self.silent[state]
            edge = self.edges.get(state)
            if edge is not None and (end if edge[0].end else first):
                targets = [*targets, edge[1]]
            for target in targets:
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return found


def _determined(found: _Nondeterministic) -> Automaton:
    first = found.closure(frozenset({found.start}), first=True)
    numbers = {first: 0}
    moves: list[dict[int, int]] = []
    waiting = [first]
    steps = 0
    while waiting:
        current = waiting.pop(0)
        targets: dict[int, set[int]] = {}
        for state in current:
            move = found.moves[state]
            if move is None:
                continue
            characters, target = move
            steps += len(characters)
            for character in characters:
                targets.setdefault(character, set()).add(target)
        closures: dict[frozenset[int], frozenset[int]] = {}
        row = {}
        for character, held in targets.items():
            key = frozenset(held)
            after = closures.get(key)
            if after is None:
                after = closures[key] = found.closure(key)
                steps += len(after)
            if after not in numbers:
                numbers[after] = len(numbers)
                waiting.append(after)
            row[character] = numbers[after]
        moves.append(row)
        if len(numbers) > _STATES or steps > _STEPS:
            raise Inexpressible("a pattern whose automaton is too large")
    accepting = frozenset(
        number for states, number in numbers.items() if found.accepts(states, first=not number)
    )
    return Automaton(tuple(moves), accepting)
