"""Many JSONPaths as one automaton.

A state is the set of steps that await a child. States and the edges between them are made when a traversal
first needs them, so that a document only pays for the combinations that occur in it: for each child of a node
one lookup by its key answers, for all expressions together, what matches and what has to be looked for below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .steps import Anything, Filter, JsonPath, Names, Slice, Step

Item: TypeAlias = tuple[int, int]
"""The number of an expression, and of its step that awaits a child."""


@dataclass(slots=True)
class Outcome:
    """What a child means: the expressions that it matches, and the state to look at its children with."""

    matches: tuple[int, ...]
    below: State | None


@dataclass(slots=True)
class Edge:
    """What every child with some key means, and the filters that have to be asked.

    `always` are asked for each such child, `on_members` for objects that have one of the filter's `members`,
    `on_null` for null.
    """

    plain: Outcome
    always: tuple[tuple[Filter, Item], ...]
    on_members: tuple[tuple[Filter, Item], ...]
    on_null: tuple[tuple[Filter, Item], ...]
    triggers: frozenset[str]
    items: tuple[Item, ...]
    passed: dict[tuple[Item, ...], Outcome] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        """Whether a child that is neither a container nor null cannot mean anything."""
        return not self.always and not self.plain.matches


@dataclass(slots=True, eq=False)
class State:
    """Steps that await a child.

    `edges` by key; `other` for all other keys, None where they mean nothing. `sliced`: the steps that depend
    on an item's index. `by_key` and `by_route`: what lies below depends on the key, or on the whole way, that
    leads to the node, and not on the node alone.
    """

    number: int
    items: frozenset[Item]
    by_key: bool
    by_route: bool
    ready: bool = False
    edges: dict[str, Edge] = field(default_factory=dict)
    other: Edge | None = None
    sliced: tuple[tuple[Slice, Item], ...] = ()
    numbered: bool = False
    """Whether an item's index matters, as a key or in a slice."""
    combined: dict[tuple[str, tuple[Item, ...]], Edge] = field(default_factory=dict)


class Automaton:
    """The expressions, and the states that were needed so far."""

    def __init__(self, paths: Sequence[JsonPath]) -> None:
        self.paths = tuple(paths)
        self._states: dict[frozenset[Item], State] = {}
        self.roots = tuple(number for number, path in enumerate(self.paths) if not path.steps)
        self.start = self.state((number, 0) for number, path in enumerate(self.paths) if path.steps)

    def state(self, items: Iterable[Item]) -> State | None:
        """The state of these items; None for no items."""
        key = frozenset(items)
        if not key:
            return None
        state = self._states.get(key)
        if state is None:
            selectors = [(self.paths[number], self._step((number, step)).selector) for number, step in key]
            state = self._states[key] = State(
                len(self._states),
                key,
                by_key=any(isinstance(s, Filter) and s.needs.parent_property for _, s in selectors),
                by_route=any(path.by_route for path, _ in selectors),
            )
        return state

    def prepare(self, state: State) -> None:
        """Makes the edges that lead from a state; done when a traversal first enters it."""
        items = state.items
        named: dict[str, list[Item]] = {}
        anything: list[Item] = []
        filters: list[tuple[Filter, Item]] = []
        named_filters: dict[str, list[tuple[Filter, Item]]] = {}
        sliced: list[tuple[Slice, Item]] = []
        onward = [item for item in sorted(items) if self._step(item).deep]
        for item in sorted(items):
            selector = self._step(item).selector
            if isinstance(selector, Names):
                for name in selector.names:
                    named.setdefault(name, []).append(item)
            elif isinstance(selector, Anything):
                anything.append(item)
            elif isinstance(selector, Slice):
                sliced.append((selector, item))
            else:
                if selector.needs.names is None:
                    filters.append((selector, item))
                else:
                    for name in selector.needs.names:
                        named_filters.setdefault(name, []).append((selector, item))
        if onward or anything or filters:
            state.other = self._edge(onward, anything, filters)
        state.edges = {
            name: self._edge(
                onward, [*anything, *named.get(name, ())], [*filters, *named_filters.get(name, ())]
            )
            for name in {*named, *named_filters}
        }
        state.sliced = tuple(sliced)
        state.numbered = bool(sliced) or any(name.isdecimal() for name in state.edges)
        state.ready = True

    def _step(self, item: Item) -> Step:
        return self.paths[item[0]].steps[item[1]]

    def _edge(self, onward: list[Item], matched: list[Item], filters: list[tuple[Filter, Item]]) -> Edge:
        on_members = tuple(pair for pair in filters if pair[0].needs.members is not None)
        return Edge(
            self._outcome(onward, matched),
            tuple(pair for pair in filters if pair[0].needs.members is None),
            on_members,
            tuple(pair for pair in on_members if pair[0].needs.null_fails),
            frozenset().union(*(pair[0].needs.members or () for pair in on_members)),
            (*onward, *(self._marked(item) for item in matched)),
        )

    @staticmethod
    def _marked(item: Item) -> Item:
        """An item whose step matched, apart from one that only goes on below."""
        return (item[0], -1 - item[1])

    def _outcome(self, onward: Iterable[Item], matched: Iterable[Item]) -> Outcome:
        below = set(onward)
        matches: dict[int, None] = {}
        for number, step in matched:
            if step + 1 == len(self.paths[number].steps):
                matches[number] = None
            else:
                below.add((number, step + 1))
        return Outcome(tuple(matches), self.state(below))

    def after(self, edge: Edge, passed: tuple[Item, ...]) -> Outcome:
        """What an edge means for a child that passed these filters."""
        if not passed:
            return edge.plain
        outcome = edge.passed.get(passed)
        if outcome is None:
            onward = [item for item in edge.items if item[1] >= 0]
            matched = [(number, -1 - step) for number, step in edge.items if step < 0]
            outcome = edge.passed[passed] = self._outcome(onward, [*matched, *passed])
        return outcome

    def at_index(self, state: State, index: int, length: int) -> Edge | None:
        """The edge of an item of an array."""
        digits = str(index)
        edge = state.edges.get(digits, state.other)
        if not state.sliced:
            return edge
        held = tuple(item for selector, item in state.sliced if selector.holds(index, length))
        if not held:
            return edge
        name = digits if digits in state.edges else ""
        combined = state.combined.get((name, held))
        if combined is None:
            filters = [*edge.always, *edge.on_members] if edge else []
            onward = [item for item in edge.items if item[1] >= 0] if edge else []
            matched = [(number, -1 - step) for number, step in edge.items if step < 0] if edge else []
            combined = self._edge(onward, [*matched, *held], filters)
            state.combined[name, held] = combined
        return combined
