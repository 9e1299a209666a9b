"""Properties of two objects: which came and went, became required or optional, or travel one way only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .difference import Difference, difference
from .nodes import Agreement, Node, Reader, mapping, members


@dataclass(frozen=True, slots=True)
class Properties:
    """Finds what differs in the properties of pairs of resolved objects."""

    base: Reader
    revision: Reader
    agreement: Agreement

    def differing(self, old: Node, new: Node) -> Iterator[Difference]:
        """What differs, property by property."""
        before, after = mapping(old, "properties"), mapping(new, "properties")
        required_before, required_after = required_names(old), required_names(new)
        names_before, names_after = frozenset(required_before), frozenset(required_after)
        for name in dict.fromkeys((*before, *after, *required_before, *required_after)):
            known_before, known_after = name in before, name in after
            was, now = name in names_before, name in names_after
            if known_before and known_after:
                yield from self.mutability(old, new, name, required=now)
                if was == now:
                    continue
            places = (
                ("properties", name) if known_before else _at_required(old, name),
                ("properties", name) if known_after else _at_required(new, name),
            )
            child = self._property(old, new, name)
            marks = self._marks(old, new, name)
            data: dict[str, Any] = {"name": name, **marks}
            if isinstance(child.value, dict) and "default" in child.value:
                data["after"] = child.value["default"]
            for element, action in _transitions(known_before, known_after, was=was, now=now, data=data):
                yield difference(element, action, old, new, at=places, data=data, only=name, path=name)

    def mutability(self, old: Node, new: Node, name: str, *, required: bool) -> Iterator[Difference]:
        """A property of both that came to travel one way only, or ceased to."""
        if self.agreement.of_parts(old, old.value["properties"][name], new, new.value["properties"][name]):
            return
        before = self.base.resolved(old.child("properties", name))
        after = self.revision.resolved(new.child("properties", name))
        element = "required-property" if required else "optional-property"
        for keyword, word in (("readOnly", "read-only"), ("writeOnly", "write-only")):
            was, now = bool(before.get(keyword)), bool(after.get(keyword))
            if was != now:
                action = f"became-{word}" if now else f"became-not-{word}"
                place = ("properties", name)
                yield difference(
                    element, action, old, new, at=(place, place), data={"name": name}, only=name, path=name
                )

    def _marks(self, old: Node, new: Node, name: str) -> dict[str, Any]:
        """Whether the property travels one way only, on a side that has it."""
        sides = [
            reader.resolved(node.child("properties", name))
            for reader, node in ((self.base, old), (self.revision, new))
            if name in mapping(node, "properties")
        ]
        return {
            mark: any(bool(side.get(keyword)) for side in sides)
            for mark, keyword in (("read_only", "readOnly"), ("write_only", "writeOnly"))
        }

    def _property(self, old: Node, new: Node, name: str) -> Node:
        if name in mapping(new, "properties"):
            return self.revision.resolved(new.child("properties", name))
        if name in mapping(old, "properties"):
            return self.base.resolved(old.child("properties", name))
        return Node(True, new.origin, new.dialect)


def required_names(node: Node) -> list[str]:
    """What an object requires, in its order."""
    return [name for name in members(node, "required") if isinstance(name, str)]


def _transitions(
    known_before: bool, known_after: bool, *, was: bool, now: bool, data: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """Which checks describe a property that came, went, or became required or optional."""
    with_default = "-with-default" if now and "after" in data else ""
    if known_after and not known_before:
        yield "property", f"added-{'required' if now else 'optional'}{with_default}"
    elif known_before and not known_after:
        yield "property", f"removed-{'required' if was else 'optional'}"
    elif was != now:
        yield "property", ("became-required" if now else "became-optional") + with_default


def _at_required(node: Node, name: str) -> tuple[str | int, ...]:
    names = members(node, "required")
    return ("required", names.index(name)) if name in names else ()
