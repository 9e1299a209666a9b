"""A contract with its references replaced, and the way back to where things are written.

Nothing is copied that holds no reference, and what several references name is one object, so the resolved
document is no larger than what is written. A reference back to something that it stands in stays a `$ref`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contracts.document import Document
from contracts.errors import UnresolvableReference
from contracts.pointers import Path
from contracts.references import DocumentSet, Located


@dataclass(frozen=True, slots=True)
class Broken:
    """A reference that cannot be followed, and where its `$ref` is written."""

    error: UnresolvableReference
    reference: str
    source: str
    path: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: the closest node that exists, and what of the path is `missing` below it."""

    document: Document
    path: Path
    missing: Path
    value: Any


@dataclass(slots=True)
class _Frame:
    """A container that is being resolved; of a reference, `target` is what it names.

    `source` is the document that its children are written in.
    """

    raw: Any
    source: str
    children: Iterator[tuple[str | int, Any]]
    target: Located | None = None
    key: str | int = ""
    changed: Any = None


@dataclass(slots=True)
class Resolution:
    """`value` is the root document resolved; `shared` the `id`s of what references name in it."""

    documents: DocumentSet
    value: Any = None
    shared: set[int] = field(default_factory=set)
    broken: list[Broken] = field(default_factory=list)
    dangling: set[int] = field(default_factory=set)
    """The `id`s of objects that stand where a reference could not be followed: nobody knows what is there."""
    _replaced: dict[int, Located] = field(default_factory=dict)

    def place(self, path: Path) -> Place | None:
        """Where the node at `path` of the resolved document is written.

        None where the way leads through a reference in a document without a name: Spectral then keeps the path.
        """
        root = self.documents.root
        node, source = root.value, root.source
        real: Path = ()
        followed = False
        replaced = self._replaced
        missing: Path = ()
        for index, part in enumerate(path):
            while (target := replaced.get(id(node))) is not None:
                node, source, real, followed = target.value, target.source, target.path, True
            found = _child(node, part)
            if found is None:
                missing = path[index:]
                break
            key, node = found
            real = (*real, key)
        else:
            while (
                isinstance(node, dict) and len(node) == 1 and (target := replaced.get(id(node))) is not None
            ):
                node, source, real, followed = target.value, target.source, target.path, True
        if followed and not root.source:
            return None
        return Place(self.documents.documents[source], real, missing, node)


def _child(node: Any, part: str | int) -> tuple[str | int, Any] | None:
    if isinstance(node, dict):
        key = part if isinstance(part, str) else str(part)
        return (key, node[key]) if key in node else None
    if isinstance(node, list):
        index = int(part) if isinstance(part, int) or part.isdecimal() else -1
        return (index, node[index]) if 0 <= index < len(node) else None
    return None


def closest(value: Any, path: Path) -> tuple[Path, Any]:
    """The longest beginning of `path` that exists in `value`, and the node there."""
    real: list[str | int] = []
    for part in path:
        found = _child(value, part)
        if found is None:
            break
        real.append(found[0])
        value = found[1]
    return tuple(real), value


def unresolved_place(document: Document, path: Path) -> Place:
    """Where the node at `path` of a document is, taken as it is written."""
    real, value = closest(document.value, path)
    return Place(document, real, path[len(real) :], value)


def resolve(documents: DocumentSet) -> Resolution:
    """Replaces what can be replaced; the rest is in `broken`, each reference once."""
    resolution = Resolution(documents)
    resolution.value = _Resolver(resolution).run(documents.root)
    return resolution


class _Resolver:
    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.documents = resolution.documents
        self.replaced = resolution._replaced
        self.shared = resolution.shared
        self.dangling = resolution.dangling
        self.done: dict[int, Any] = {}
        self.open: set[int] = set()
        self.stack: list[_Frame] = []

    def run(self, document: Document) -> Any:
        if not isinstance(document.value, dict | list):
            return document.value
        self._enter(document.value, document.source)
        stack, done, opened = self.stack, self.done, self.open
        while stack:
            frame = stack[-1]
            for key, child in frame.children:
                if child.__class__ is not dict and child.__class__ is not list:
                    continue
                known = done.get(id(child), _UNKNOWN)
                if known is _UNKNOWN:
                    if _is_plain(child):
                        done[id(child)] = child
                        continue
                    if id(child) in opened:
                        continue  # an alias cannot contain itself; a reference that does stays as it is
                    frame.key = key
                    self._enter(child, frame.source)
                    break
                if known is not child:
                    _change(frame, key, known)
            else:
                self._leave(stack.pop())
        return done[id(document.value)]

    def _enter(self, raw: Any, source: str) -> None:
        """Begins a container, or a reference, which becomes what it names."""
        self.open.add(id(raw))
        target = self._target(raw, source)
        if target is None:
            children = enumerate(raw) if raw.__class__ is list else iter(raw.items())
            self.stack.append(_Frame(raw, source, children))
            return
        self.stack.append(_Frame(raw, target.source, iter(((0, target.value),)), target))

    def _target(self, raw: Any, source: str) -> Located | None:
        """What a reference names; None for what is no reference, or has to stay one."""
        if raw.__class__ is not dict:
            return None
        reference = raw.get("$ref")
        if not isinstance(reference, str):
            return None
        try:
            target = self.documents.lookup(reference, source)
        except UnresolvableReference as error:
            self.resolution.broken.append(Broken(error, reference, source, self._path()))
            self.dangling.add(id(raw))
            return None
        return None if id(target.value) in self.open else target

    def _path(self) -> Path:
        """Where the container that begins now is written."""
        path: list[str | int] = []
        for frame in reversed(self.stack):
            if frame.target is not None:
                return (*frame.target.path, *reversed(path))
            path.append(frame.key)
        return tuple(reversed(path))

    def _leave(self, frame: _Frame) -> None:
        raw, target = frame.raw, frame.target
        if target is not None:
            # Only one child, and what became of it is what the reference stands for.
            result = (
                self.done.get(id(target.value), target.value) if _is_container(target.value) else target.value
            )
            self.replaced[id(raw)] = target
            if _is_container(result):
                self.shared.add(id(result))
        else:
            result = raw if frame.changed is None else frame.changed
            if result is not raw and id(raw) in self.dangling:
                self.dangling.add(id(result))
        self.open.discard(id(raw))
        self.done[id(raw)] = result
        if self.stack and result is not raw and self.stack[-1].target is None:
            _change(self.stack[-1], self.stack[-1].key, result)


def _is_plain(value: dict[str, Any] | list[Any]) -> bool:
    """Whether a container holds neither containers nor a reference, as more than half of them do."""
    if value.__class__ is dict:
        return "$ref" not in value and _CONTAINERS.isdisjoint(map(type, value.values()))
    return _CONTAINERS.isdisjoint(map(type, value))


def _is_container(value: Any) -> bool:
    return isinstance(value, dict | list)


def _change(frame: _Frame, key: str | int, value: Any) -> None:
    if frame.target is not None:
        return
    if frame.changed is None:
        frame.changed = frame.raw.copy()
    frame.changed[key] = value


_UNKNOWN = object()
_CONTAINERS = frozenset((dict, list))
