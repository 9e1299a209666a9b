"""A parsed JSONPath: the steps that lead from a node to its matches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from linters.lint.errors import ScriptError
from linters.lint.expressions import Evaluator, Here, Needs
from linters.lint.javascript import truthy

_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Names:
    """Children with one of these keys; an index counts as its digits."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Anything:
    """All children."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Items from `start` until before `stop`, each `step`th; negative bounds count from the end."""

    start: int | None
    stop: int | None
    step: int

    def holds(self, index: int, length: int) -> bool:
        start = 0 if self.start is None else self.start if self.start >= 0 else max(length + self.start, 0)
        stop = length if self.stop is None else self.stop if self.stop >= 0 else length + self.stop
        return start <= index < stop and (index - start) % self.step == 0


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """Children for which an expression is true."""

    source: str
    evaluate: Evaluator
    needs: Needs
    by_key: Evaluator | None = None
    weight: int = 1
    """Steps that one evaluation is."""
    known: dict[str | int, bool] = field(default_factory=dict, repr=False)
    """What `by_key` said of the keys that were met."""

    def may_pass(self, key: str | int) -> bool:
        """False for a key with which no child passes, other than null, on which the filter may fail."""
        if self.by_key is None:
            return True
        known = self.known.get(key)
        if known is None:
            known = self._ask(key)
            if len(self.known) < _MOST_KNOWN:
                self.known[key] = known
        return known

    def _ask(self, key: str | int) -> bool:
        assert self.by_key is not None
        here = Here(None)
        here.property = key
        try:
            return truthy(self.by_key(None, here))
        except ScriptError:
            return True  # the whole filter decides whether it comes to that


Selector: TypeAlias = Names | Anything | Slice | Filter


@dataclass(frozen=True, slots=True)
class Step:
    """One selector; `deep` applies it to all descendants."""

    selector: Selector
    deep: bool


@dataclass(frozen=True, slots=True)
class JsonPath:
    """Steps from the root, then `up` levels to ancestors, and from there perhaps `onward`.

    With `keys` the match is the key that leads to the node instead of the node.
    """

    text: str
    steps: tuple[Step, ...]
    up: int = 0
    keys: bool = False
    onward: JsonPath | None = None

    @property
    def by_route(self) -> bool:
        """Whether a node's matches depend on the whole way that leads to it, and not on the node and its key."""
        return self.up > 1 or any(
            isinstance(step.selector, Filter) and step.selector.needs.path for step in self.steps
        )
