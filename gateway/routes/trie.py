"""Path templates in a trie: static segments before templated ones, by as much literal text as possible."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from gateway.malformed import Malformed

from .paths import normalise

Held = TypeVar("Held")
_EXPRESSION = re.compile(r"\{([^{}]*)\}")
_OPERATORS = "./;"
"""Of URI templates (RFC 6570): some documents write `{;id*}` where the parameter's style says it already."""
_SEGMENT = re.compile(r"/((?:\{[^{}]*\}|[^/{}])*)")
_GREEDY = re.compile(r"\{([^{}:+=*]+)(?:\+|:\.[*+]|=\*\*)\}|\{([^{}]+)\}(?:\*|\(\*\))|\*{1,2}([A-Za-z_]\w*)?")
"""A segment for all that follows, as gateways and frameworks write it: `{p+}`, `{p:.*}`, `{p=**}`, `{p}*`, `{p}(*)`, `*p`."""


@dataclass(slots=True)
class Leaf(Generic[Held]):
    """One path template: its methods, and the names of its expressions in order of their appearance."""

    template: str
    names: tuple[str, ...]
    methods: dict[str, Held] = field(default_factory=dict)


@dataclass(slots=True)
class _Node(Generic[Held]):
    static: dict[str, _Node[Held]] = field(default_factory=dict)
    mixed: list[tuple[int, re.Pattern[str], _Node[Held]]] = field(default_factory=list)
    anything: _Node[Held] | None = None
    rest: _Node[Held] | None = None
    leaves: list[Leaf[Held]] = field(default_factory=list)


@dataclass(slots=True)  # not frozen: one is made for nearly every call
class Match(Generic[Held]):
    """A path that was found: the value under the method, or the methods that there are."""

    leaf: Leaf[Held]
    values: tuple[str, ...]
    held: Held | None
    allowed: tuple[str, ...] = ()


class Trie(Generic[Held]):
    """Finds what is held under a method and the template that a path matches.

    Where several templates match a path, the first one in order of preference that knows the method counts.
    """

    __slots__ = ("_root", "_static")

    def __init__(self) -> None:
        self._root: _Node[Held] = _Node()
        self._static: dict[str, dict[str, Match[Held]]] = {}
        """By method, what is found for the paths of templates without expressions: they come first, so no walk is
        needed."""

    def add(self, template: str, method: str, held: Held, *, greedy: bool = False) -> bool:
        """Adds a method of a template. False, and nothing is changed, where that is there already.

        If greedy, a last segment that is written as one for all that follows is taken for that.
        """
        node: _Node[Held] = self._root
        names = names_of(template, greedy)
        segments = segments_of(template)
        for index, segment in enumerate(segments, 1):
            expressions = _EXPRESSION.findall(segment)
            if greedy and index == len(segments) and _GREEDY.fullmatch(segment):
                if node.rest is None:
                    node.rest = _Node()
                node = node.rest
            elif not expressions:
                node = node.static.setdefault(_literal(segment), _Node())
            elif _EXPRESSION.fullmatch(segment):
                if node.anything is None:
                    node.anything = _Node()
                node = node.anything
            else:
                node = _mixed(node, segment)
        leaf = next((leaf for leaf in node.leaves if leaf.names == names), None)
        if leaf is None:
            leaf = Leaf(template, names)
            node.leaves.append(leaf)
        if any(method in other.methods for other in node.leaves):
            return False
        leaf.methods[method] = held
        if not names:
            path = "/" + "/".join(map(_literal, segments))
            self._static.setdefault(method, {})[path] = Match(leaf, (), held)
        return True

    def pieces(self) -> list[object]:
        """All of its nodes, those above before those below."""
        found: list[_Node[Held]] = [self._root]
        for node in found:  # grows meanwhile
            found += node.static.values()
            found += (after for _, _, after in node.mixed)
            found += (after for after in (node.anything, node.rest) if after is not None)
        return [*found]

    def find(self, path: str, method: str) -> Match[Held] | None:
        """The match of a normalised path; None where no template matches it."""
        static = self._static.get(method)
        if static is not None and (match := static.get(path)) is not None:
            return match
        found: list[tuple[Leaf[Held], tuple[str, ...]]] = []
        match = self._walk(self._root, path.split("/"), 1, (), method, found)
        if match is not None or not found:
            return match
        methods = dict.fromkeys(name for leaf, _ in found for name in leaf.methods)
        return Match(found[0][0], found[0][1], None, tuple(sorted(methods)))

    def _walk(
        self,
        node: _Node[Held],
        segments: list[str],
        index: int,
        values: tuple[str, ...],
        method: str,
        found: list[tuple[Leaf[Held], tuple[str, ...]]],
    ) -> Match[Held] | None:
        if index == len(segments):
            for leaf in node.leaves:
                held = leaf.methods.get(method)
                if held is not None:
                    return Match(leaf, values, held)
                found.append((leaf, values))
            return None
        segment = segments[index]
        after = node.static.get(segment)
        if after is not None:
            match = self._walk(after, segments, index + 1, values, method, found)
            if match is not None:
                return match
        for _, pattern, after in node.mixed:
            groups = pattern.fullmatch(segment)
            if groups is not None:
                match = self._walk(after, segments, index + 1, values + groups.groups(), method, found)
                if match is not None:
                    return match
        if node.anything is not None:
            match = self._walk(node.anything, segments, index + 1, (*values, segment), method, found)
            if match is not None:
                return match
        if node.rest is not None:
            rest = (*values, "/".join(segments[index:]))
            return self._walk(node.rest, segments, len(segments), rest, method, found)
        return None


def segments_of(template: str) -> list[str]:
    """The segments of a path template; slashes inside braces do not divide."""
    if not template or template == "/":
        return [""] if template else []
    return [match[1] for match in _SEGMENT.finditer(template if template.startswith("/") else "/" + template)]


def names_of(template: str, greedy: bool = False) -> tuple[str, ...]:
    """The names of a template's expressions, in order of their appearance."""
    segments = segments_of(template)
    last = _GREEDY.fullmatch(segments[-1]) if greedy and segments else None
    names = [
        name.lstrip(_OPERATORS).rstrip("*")
        for segment in (segments[:-1] if last else segments)
        for name in _EXPRESSION.findall(segment)
    ]
    return (*names, last[1] or last[2] or last[3] or "") if last else tuple(names)


def _literal(segment: str) -> str:
    """Literal text of a template in the form that paths are normalised to."""
    try:
        return normalise(("/" + segment).encode("utf-8"))[1:]
    except Malformed:
        return segment  # matches no path: what it asks for is refused


def _mixed(node: _Node[Held], segment: str) -> _Node[Held]:
    parts = _EXPRESSION.split(segment)
    literals = parts[::2]
    text = "([^/]+?)".join(re.escape(_literal(part)) for part in literals)
    for _, pattern, after in node.mixed:
        if pattern.pattern == text:
            return after
    after = _Node[Held]()
    node.mixed.append((sum(map(len, literals)), re.compile(text), after))
    node.mixed.sort(key=lambda entry: -entry[0])
    return after
