"""Schemas as they are written, references followed, dialects evened out where people see no difference."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from contracts.errors import UnresolvableReference
from contracts.model import Origin, Schema
from contracts.references import DocumentSet
from linters.diff.proof.definitions import dump

_ALONE = frozenset(
    (
        "openapi-2.0",
        "openapi-3.0",
        "json-schema-draft-04",
        "json-schema-draft-06",
        "json-schema-draft-07",
        "asyncapi",
    )
)
"""Dialects in which whatever stands beside a `$ref` is ignored."""
_REFERENCE = re.compile(rb'"\$ref":("(?:[^"\\\\]|\\\\.)*")')
_STEPS = 32
"""References that are followed in a row."""
_BESIDE = frozenset(("$ref", "description", "title", "summary", "examples", "example", "$comment"))


class Node(NamedTuple):
    """A schema object, or a boolean, and where it stands. `name` is the last reference that led to it."""

    value: Any
    origin: Origin
    dialect: str
    name: str = ""
    nullable: bool = False
    """Whether null is let in from outside the object (an `anyOf` with nothing but it and null)."""
    union: Schema | None = None
    """That `anyOf`, where there is one."""

    @property
    def schema(self) -> Schema:
        """What the node stands for as a whole, null from outside included."""
        return self.union or Schema(self.value, self.origin, self.dialect)

    @property
    def key(self) -> tuple[Any, ...]:
        return self.origin.source, self.origin.path, self.dialect, self.nullable

    def get(self, keyword: str, default: Any = None) -> Any:
        return self.value.get(keyword, default) if isinstance(self.value, dict) else default

    def child(self, *keys: str | int) -> Node:
        value = self.value
        for key in keys:
            value = value[key]
        return Node(value, Origin(self.origin.source, (*self.origin.path, *keys)), self.dialect)

    @property
    def types(self) -> frozenset[str]:
        """Declared types without null; empty where any is meant."""
        declared = self.get("type")
        found = [declared] if isinstance(declared, str) else declared if isinstance(declared, list) else []
        return frozenset(one for one in found if isinstance(one, str) and one != "null")

    @property
    def takes_null(self) -> bool:
        """Whether null is let in on purpose: not merely by the absence of a type."""
        declared = self.get("type")
        return (
            self.nullable
            or (self.get("nullable") is True or self.get("x-nullable") is True)
            or declared == "null"
            or (isinstance(declared, list) and "null" in declared)
        )

    def bound(self, keyword: str) -> Any:
        """A bound with its exclusive form evened out, as `exclusiveMinimum` is a flag in older dialects."""
        exclusive = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
        for plain, other in exclusive.items():
            if keyword == plain and self.get(other) is True:
                return None
            if keyword == other and isinstance(self.get(other), bool):
                return self.get(plain) if self.get(other) else None
        value = self.get(keyword)
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        if not numeric or (value == 0 and keyword in ("minLength", "minItems", "minProperties")):
            return None
        return value


@dataclass
class Reader:
    """Follows references in one side's documents."""

    documents: DocumentSet
    _targets: dict[tuple[str, str], Node | None] = field(default_factory=dict)

    def node(self, schema: Schema) -> Node:
        return Node(schema.value, schema.origin, schema.dialect)

    def resolved(self, node: Node) -> Node:
        """The schema that the node stands for, after references and a mere union with null."""
        for _ in range(_STEPS):
            reference = node.get("$ref")
            if isinstance(reference, str):
                target = self._target(node, reference)
                if target is None:
                    return node
                node = self._beside(node, target)
                continue
            alone = self._but_null(node)
            if alone is None:
                return node
            node = alone
        return node

    def _target(self, node: Node, reference: str) -> Node | None:
        key = (node.origin.source, reference)
        if key not in self._targets:
            try:
                found = self.documents.lookup(reference, node.origin.source)
                self._targets[key] = Node(found.value, Origin(found.source, found.path), node.dialect)
            except UnresolvableReference:
                self._targets[key] = None  # it is a problem of the documents, reported as such
        found_node = self._targets[key]
        if found_node is None:
            return None
        name = reference.rsplit("/", 1)[-1]
        return Node(found_node.value, found_node.origin, node.dialect, name, node.nullable, node.union)

    def _beside(self, node: Node, target: Node) -> Node:
        """The target, narrowed by what stands beside the reference where the dialect lets that count."""
        if node.dialect in _ALONE or not isinstance(target.value, dict) or set(node.value) <= _BESIDE:
            return target
        merged = {**target.value, **{key: value for key, value in node.value.items() if key != "$ref"}}
        return Node(merged, target.origin, target.dialect, target.name, target.nullable, target.union)

    def _but_null(self, node: Node) -> Node | None:
        for keyword in ("anyOf", "oneOf"):
            branches = node.get(keyword)
            if not isinstance(branches, list) or len(branches) != 2 or "type" in node.value:
                continue
            nulls = [
                index
                for index, one in enumerate(branches)
                if isinstance(one, dict) and one.get("type") == "null"
            ]
            if len(nulls) == 1 and not any(key in node.value for key in ("properties", "allOf", "enum")):
                inner = node.child(keyword, 1 - nulls[0])
                return Node(inner.value, inner.origin, inner.dialect, node.name, True, node.schema)
        return None


def references(text: bytes) -> tuple[str, ...]:
    """References in the canonical bytes of a schema, each once.

    One that stands in an example or a default is among them, which only makes schemas differ that say the same.
    """
    if b'"$ref"' not in text:
        return ()
    return tuple(orjson.loads(one) for one in dict.fromkeys(_REFERENCE.findall(text)))


class Agreement:
    """Which schemas are written the same on both sides, by text and by everything that they refer to."""

    def __init__(self, base: Reader, revision: Reader) -> None:
        self._base, self._revision = base, revision
        self._known: dict[tuple[str, str, str], bool] = {}
        self._texts: dict[int, tuple[Any, bytes, tuple[str, ...]]] = {}

    def of(self, base: Node, revision: Node) -> bool:
        return base.nullable == revision.nullable and self.of_parts(
            base, base.value, revision, revision.value
        )

    def of_parts(self, base: Node, part: Any, revision: Node, other: Any) -> bool:
        """Whether a part of one schema is written as a part of another, which spares making nodes of them."""
        if base.dialect != revision.dialect:
            return False
        text, references = self._read(part)
        if text != self._read(other)[0]:
            return False
        if not references:
            return True
        sources = base.origin.source, revision.origin.source
        return all(self._target((one, *sources)) for one in references)

    def is_written_alike(self, base: Node, revision: Node) -> bool:
        """Whether two schemas have one text, whatever it refers to."""
        alike = base.nullable == revision.nullable and base.dialect == revision.dialect
        return alike and self._read(base.value)[0] == self._read(revision.value)[0]

    def _read(self, value: Any) -> tuple[bytes, tuple[str, ...]]:
        known = self._texts.get(id(value))
        if known is None:
            text = dump(value)
            known = self._texts[id(value)] = value, text, references(text)
        return known[1], known[2]

    def _target(self, key: tuple[str, str, str]) -> bool:
        if key not in self._known:
            self._decide(key)
        return self._known[key]

    def _decide(self, key: tuple[str, str, str]) -> None:
        """Decides all that is reached at once: what differs makes differ what leads to it."""
        leading: dict[tuple[str, str, str], set[tuple[str, str, str]]] = {}
        open_keys: set[tuple[str, str, str]] = set()
        differing: list[tuple[str, str, str]] = []
        stack = [key]
        while stack:
            current = stack.pop()
            if current in open_keys or current in self._known:
                continue
            open_keys.add(current)
            targets = self._targets_of(current)
            if targets is None:
                differing.append(current)
                continue
            for target in targets:
                if self._known.get(target) is False:
                    differing.append(current)
                leading.setdefault(target, set()).add(current)
                stack.append(target)
        dirty: set[tuple[str, str, str]] = set()
        while differing:
            current = differing.pop()
            if current not in dirty:
                dirty.add(current)
                differing.extend(leading.get(current, ()))
        self._known.update({current: current not in dirty for current in open_keys})

    def _targets_of(self, key: tuple[str, str, str]) -> list[tuple[str, str, str]] | None:
        """What a reference's target refers to in turn; None where the two targets are written differently."""
        reference, base_source, revision_source = key
        probe = {"$ref": reference}
        base = self._base._target(Node(probe, Origin(base_source, ()), ""), reference)
        revision = self._revision._target(Node(probe, Origin(revision_source, ()), ""), reference)
        if base is None or revision is None:
            return [] if base is revision else None
        text, references = self._read(base.value)
        if text != self._read(revision.value)[0]:
            return None
        return [(one, base.origin.source, revision.origin.source) for one in references]


def mapping(node: Node, keyword: str) -> dict[str, Any]:
    """What a keyword holds where it is an object, else nothing."""
    found = node.get(keyword)
    return found if isinstance(found, dict) else {}


def members(node: Node, keyword: str) -> list[Any]:
    """What a keyword holds where it is a list, else nothing."""
    found = node.get(keyword)
    return found if isinstance(found, list) else []
