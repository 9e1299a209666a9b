"""One walk over a document for all expressions of an automaton."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, NamedTuple

from contracts.pointers import Path
from linters.lint import budget
from linters.lint.budget import Exhausted
from linters.lint.errors import ScriptError
from linters.lint.expressions import Here, Link
from linters.lint.javascript import truthy

from .automaton import Automaton, Edge, Outcome, State
from .steps import JsonPath

MOST_VISITS = 2_000_000
"""Nodes with children that are visited by every way that leads to them; beyond, each is visited once."""

_BEGINNING = 40
"""Steps that a walk inside a walk is, besides its nodes."""


class Match(NamedTuple):
    """A node that an expression matches: its value, or the key that leads to it, and its place."""

    expression: int
    value: Any
    link: Link

    @property
    def path(self) -> Path:
        return self.link.path


class FilterFailed(ScriptError):
    """A filter raised; `expression` is the number of its JSONPath and `path` the child it was asked about."""

    def __init__(self, message: str, expression: int, path: Path) -> None:
        super().__init__(message)
        self.expression = expression
        self.path = path


def traverse(
    root: Any,
    automaton: Automaton,
    report: Callable[[Match], None],
    *,
    shared: Collection[int] = (),
    most_visits: int = MOST_VISITS,
) -> None:
    """Reports every match of every expression, in no promised order.

    `shared` are the `id`s of nodes that several ways lead to and whose matches are the same by each: they are
    walked once in each state. Raises `FilterFailed`.
    """
    _Walk(root, automaton, report, shared, most_visits).run()


class _Walk:
    def __init__(
        self,
        root: Any,
        automaton: Automaton,
        report: Callable[[Match], None],
        shared: Collection[int],
        most_visits: int,
    ) -> None:
        self.automaton = automaton
        self.report = report
        self.shared = shared
        self.most_visits = most_visits
        self.here = Here(root)
        self.top = self.here.link
        self.budget = budget.current()
        self.seen: set[tuple[int, int, str | int | None]] = set()
        self.stack: list[tuple[Any, State, Link]] = []

    def run(self) -> None:
        automaton, root = self.automaton, self.top.value
        for number in automaton.roots:
            self._found(number, automaton.paths[number], self.top)
        if automaton.start is not None and isinstance(root, dict | list):
            self.stack.append((root, automaton.start, self.top))
        stack, budget = self.stack, self.budget
        visits = 0
        while stack:
            node, state, link = stack.pop()
            visits += 1
            budget.left -= 1 + len(node)
            if budget.left < 0:
                self._exhausted(state, link)
            if visits > self.most_visits and self._seen(node, state, link):
                continue
            if not state.ready:
                automaton.prepare(state)
            if node.__class__ is dict:
                self._object(node, state, link)
            else:
                self._array(node, state, link)

    def _exhausted(self, state: State, link: Link) -> None:
        """Puts the end of the budget down to the expression that looks deepest of those that are at work."""
        paths = self.automaton.paths
        numbers = sorted({number for number, _ in state.items})
        deepest = max(numbers, key=lambda number: sum(step.deep for step in paths[number].steps))
        try:
            self.budget.spend(0)
        except Exhausted as error:
            raise FilterFailed(str(error), deepest, link.path) from error

    def _seen(self, node: Any, state: State, link: Link) -> bool:
        """Whether a node was walked in this state already; remembers that it now is."""
        mark = (id(node), state.number, link.key if state.by_key else None)
        if mark in self.seen:
            return True
        self.seen.add(mark)
        return False

    def _object(self, node: dict[str, Any], state: State, link: Link) -> None:
        edges, other = state.edges, state.other
        if other is None:
            keys = [key for key in edges if key in node] if len(edges) < len(node) else node
            for key in keys:
                edge = edges.get(key)
                if edge is not None:
                    self._child(node[key], key, edge, link)
            return
        # The common case is spelled out: nothing is asked and nothing matches, and only containers lead on.
        idle, on_null, below, triggers = other.idle, other.on_null, other.plain.below, other.triggers
        get, shared, push = edges.get, self.shared, self.stack.append
        is_far = below is None or below.by_route
        for key, child in node.items():
            edge = get(key, other)
            if edge is other and idle:
                kind = child.__class__
                if kind is dict:
                    if triggers.isdisjoint(child):
                        if below is None or not child:
                            continue
                        if is_far or id(child) not in shared:
                            push((child, below, Link(link, key, child)))
                            continue
                elif kind is not list and not (on_null and child is None):
                    continue
            self._child(child, key, edge, link)

    def _array(self, node: list[Any], state: State, link: Link) -> None:
        if not state.numbered:
            edge = state.other
            if edge is None:
                return
            idle, on_null = edge.idle, edge.on_null
            for index, child in enumerate(node):
                if idle and child.__class__ is not dict and child.__class__ is not list:
                    if child is None and on_null:
                        self._child(child, index, edge, link)
                    continue
                self._child(child, index, edge, link)
            return
        length = len(node)
        at_index = self.automaton.at_index
        for index, child in enumerate(node):
            found = at_index(state, index, length)
            if found is not None:
                self._child(child, index, found, link)

    def _child(self, child: Any, key: str | int, edge: Edge, link: Link) -> None:
        outcome = edge.plain
        if edge.always or (
            edge.on_null if child is None else child.__class__ is dict and not edge.triggers.isdisjoint(child)
        ):
            outcome = self._ask(child, key, edge, link)
        here: Link | None = None
        if outcome.matches:
            here = Link(link, key, child)
            paths = self.automaton.paths
            for number in outcome.matches:
                self._found(number, paths[number], here)
        below = outcome.below
        if below is not None and (child.__class__ is dict or child.__class__ is list) and child:
            here = here or Link(link, key, child)
            if id(child) in self.shared and not below.by_route and self._seen(child, below, here):
                return
            self.stack.append((child, below, here))

    def _ask(self, child: Any, key: str | int, edge: Edge, link: Link) -> Outcome:
        """Which filters a child passes, and what that means."""
        asked = edge.always
        if child is None:
            asked += edge.on_null
        elif child.__class__ is dict:
            asked += edge.on_members
        here, budget = self.here, self.budget
        here.link, here.property = link, key
        passed = []
        for selector, item in asked:
            if child is not None:
                if selector.by_key is not None and not selector.may_pass(key):
                    continue
                members = selector.needs.members
                if members is not None and members.isdisjoint(child):
                    continue
            try:
                budget.left -= selector.weight
                if budget.left < 0:
                    budget.spend(0)
                result = selector.evaluate(child, here)
                if result is True or (result is not False and truthy(result)):
                    passed.append(item)
            except ScriptError as error:
                raise FilterFailed(str(error), item[0], (*link.path, key)) from error
        return self.automaton.after(edge, tuple(passed)) if passed else edge.plain

    def _found(self, number: int, path: JsonPath, link: Link) -> None:
        place: Link | None = link
        for _ in range(path.up):
            if place is not None:
                place = place.above
        if place is None:
            return
        if path.onward is not None:
            self._go_on(number, path.onward, place)
        elif path.keys:
            if place.above is not None:
                self.report(Match(number, place.key, place))
        else:
            self.report(Match(number, place.value, place))

    def _go_on(self, number: int, path: JsonPath, place: Link) -> None:
        """The rest of an expression that continues from an ancestor."""
        inner = _Walk(
            place.value, _single(path), lambda match: self._report_below(number, match, place), (), 0
        )
        inner.most_visits = self.most_visits
        self.budget.left -= _BEGINNING
        try:
            inner.run()
        except FilterFailed as error:
            raise FilterFailed(str(error), number, (*place.path, *error.path)) from error

    def _report_below(self, number: int, match: Match, place: Link) -> None:
        self.report(Match(number, match.value, _joined(place, match.link)))


@lru_cache(maxsize=1024)
def _single(path: JsonPath) -> Automaton:
    return Automaton([path])


def _joined(top: Link, link: Link) -> Link:
    """A link of a walk that began at `top`, seen from the root."""
    chain = []
    while link.above is not None:
        chain.append(link)
        link = link.above
    for part in reversed(chain):
        top = Link(top, part.key, part.value)
    return top


def matches(root: Any, path: JsonPath) -> list[Match]:
    """All matches of one expression."""
    found: list[Match] = []
    traverse(root, _single(path), found.append)
    return found


__all__ = ["FilterFailed", "Match", "matches", "traverse"]
