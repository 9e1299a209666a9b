"""Path templates: which segments are names, and which vary."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from gateway.malformed import Malformed
from gateway.parameters.text import decode
from gateway.traffic.words import is_name

from .shapes import Shape

SIBLINGS = 12
"""Different names at one place of a path; beyond, they are values."""
MOST = 20_000
"""Places in paths, and operations, that are told apart."""
DEEPEST = 30
"""Segments of a path."""
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


class Mergeable(Protocol):
    """What is kept for an operation; two of them can become one."""

    def merge(self, other: Self) -> None: ...


Held = TypeVar("Held", bound=Mergeable)


@dataclass(slots=True)
class Node(Generic[Held]):
    """A place in paths. `varying` is where any value leads, `values` the shape of those that came."""

    names: dict[str, Node[Held]] = field(default_factory=dict)
    varying: Node[Held] | None = None
    values: Shape = field(default_factory=Shape)
    held: dict[str, Held] = field(default_factory=dict)
    folded: bool = False
    """Whether names at this place turned out to be values."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Held]):
    """An operation: its template, the shapes of the template's parameters, its method, and what is kept."""

    template: str
    parameters: dict[str, Shape]
    method: str
    held: Held


class Templates(Generic[Held]):
    """Paths as they came, folded into templates."""

    def __init__(self, make: Callable[[], Held], *, most: int = MOST, deepest: int = DEEPEST) -> None:
        self._make = make
        self._root: Node[Held] = Node()
        self._left = most
        self._deepest = deepest

    def at(self, path: str, method: str) -> Held | None:
        """What is kept for the operation of a normalised path; None where there is no room for one more."""
        node = self._root
        segments = path.split("/")[1:]
        if len(segments) > self._deepest:
            return None
        for segment in segments:
            if self._left <= 0 and segment not in node.names and node.varying is None:
                return None
            node = self._step(node, segment)
        held = node.held.get(method)
        if held is None:
            if self._left <= 0:
                return None
            self._left -= 1
            held = node.held[method] = self._make()
        return held

    @property
    def full(self) -> bool:
        """Whether nothing new finds room."""
        return self._left <= 0

    def _step(self, node: Node[Held], segment: str) -> Node[Held]:
        if segment in node.names:
            return node.names[segment]
        if segment == "" or (is_name(segment) and not node.folded and self._left > 0):
            self._left -= 1
            made = node.names[segment] = Node()
            if len(node.names) > SIBLINGS:
                self._fold(node)
                return made if segment == "" else self._varying(node)
            return made
        node.values.add(value_of(segment))
        return self._varying(node)

    def _varying(self, node: Node[Held]) -> Node[Held]:
        if node.varying is None:
            self._left -= 1
            node.varying = Node()
        return node.varying

    def _fold(self, node: Node[Held]) -> None:
        """Takes the names at a place for values; an empty segment stays, as it ends a path."""
        node.folded = True
        target = self._varying(node)
        for name, child in list(node.names.items()):
            if name:
                node.values.add(value_of(name))
                self._merge(target, child)
                del node.names[name]

    def _merge(self, target: Node[Held], other: Node[Held]) -> None:
        for method, held in other.held.items():
            if method in target.held:
                target.held[method].merge(held)
            else:
                target.held[method] = held
        target.values.merge(other.values)
        for name, child in other.names.items():
            if name and target.folded:
                target.values.add(value_of(name))
                self._merge(self._varying(target), child)
            elif name in target.names:
                self._merge(target.names[name], child)
            else:
                target.names[name] = child
        if other.varying is not None:
            self._merge(self._varying(target), other.varying)
        if other.folded or len(target.names) > SIBLINGS:
            self._fold(target)

    def operations(self, counts: Callable[[Held], bool]) -> Iterator[Found[Held]]:
        """The operations that count.

        A name beside values below which nothing counts is one of the values. What does not count is still told
        where it would be taken for another operation otherwise, by its values.
        """
        self._settle(self._root, counts)
        yield from self._below(self._root, "", {}, counts, False)

    def _settle(self, node: Node[Held], counts: Callable[[Held], bool]) -> None:
        if node.varying is not None:
            for name, child in list(node.names.items()):
                if name and not _counts(child, counts):
                    node.values.add(value_of(name))
                    del node.names[name]
                    self._merge(node.varying, child)
        for child in node.names.values():
            self._settle(child, counts)
        if node.varying is not None:
            self._settle(node.varying, counts)

    def _below(
        self,
        node: Node[Held],
        path: str,
        parameters: dict[str, Shape],
        counts: Callable[[Held], bool],
        mistaken: bool,
    ) -> Iterator[Found[Held]]:
        for method, held in node.held.items():
            if mistaken or counts(held):
                yield Found(path, parameters, method, held)
        for name, child in node.names.items():
            beside = mistaken or node.varying is not None
            yield from self._below(child, f"{path}/{name}", parameters, counts, beside)
        if node.varying is not None:
            name = _parameter(path, parameters)
            below = {**parameters, name: node.values}
            yield from self._below(node.varying, f"{path}/{{{name}}}", below, counts, mistaken)


def value_of(text: str, *, plus: bool = False) -> int | str:
    """The value that a text in a path or a query stands for: a whole number, or text, decoded."""
    with contextlib.suppress(Malformed):
        text = decode(text, plus=plus)
    return int(text) if _WHOLE.fullmatch(text) and text != "-0" else text


def _counts(node: Node[Held], counts: Callable[[Held], bool]) -> bool:
    """Whether anything at a place or below it counts."""
    below = [*node.names.values(), *([node.varying] if node.varying is not None else ())]
    return any(map(counts, node.held.values())) or any(_counts(child, counts) for child in below)


def _parameter(path: str, taken: dict[str, Shape]) -> str:
    """`orderId` below `/orders`."""
    before = path.rpartition("/")[2]
    word = (
        re.sub(r"[^A-Za-z0-9]+(.)?", lambda match: (match[1] or "").upper(), before)
        if "{" not in before
        else ""
    )
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    name = f"{word[:1].lower()}{word[1:]}Id" if word else "id"
    number = 1
    while (found := name if number == 1 else f"{name}{number}") in taken:
        number += 1
    return found
