"""A schema with what its `$ref` and `allOf` bring in, as one list of properties and keywords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.errors import UnresolvableReference
from contracts.model import Origin
from contracts.references import DocumentSet, Located

BRANCHES = 64
"""How many schemas an `allOf` may bring together before the rest is left out."""
_COLLECTED = {"allOf", "properties", "patternProperties", "required", "oneOf", "anyOf", "$ref"}

Stack = frozenset[tuple[str, tuple[str | int, ...]]]


@dataclass(slots=True)
class Merged:
    """`name` is that of the definition a `$ref` led to. `places` are the schema objects that went into it."""

    origin: Origin
    name: str = ""
    keywords: dict[str, Any] = field(default_factory=dict)
    located: dict[str, Located] = field(default_factory=dict)
    properties: dict[str, Located] = field(default_factory=dict)
    patterns: dict[str, Located] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    variants: list[tuple[str, Located]] = field(default_factory=list)
    places: set[tuple[str, tuple[str | int, ...]]] = field(default_factory=set)
    problem: str = ""
    never: bool = False


def merge(documents: DocumentSet, located: Located) -> Merged:
    """The schema at a place; a reference that leads nowhere becomes its `problem`."""
    merged = Merged(Origin(located.source, located.path))
    _take(documents, located, merged, outermost=True, left=[BRANCHES])
    return merged


def follow(documents: DocumentSet, located: Located) -> tuple[Located, Mapping[str, Any]]:
    """What a `$ref` stands for, and the keywords beside it. Raises `UnresolvableReference`."""
    value = located.value
    if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
        return located, {}
    target = documents.resolve(value["$ref"], documents.base_of(located))
    return target, {key: part for key, part in value.items() if key != "$ref"}


def _take(
    documents: DocumentSet, located: Located, into: Merged, *, outermost: bool, left: list[int]
) -> None:
    left[0] -= 1
    if left[0] < 0:
        into.problem = "More schemas come together here than are shown."
        return
    try:
        target, beside = follow(documents, located)
    except UnresolvableReference as error:
        into.problem = error.message
        return
    place = (target.source, target.path)
    if place in into.places:
        return
    into.places.add(place)
    if outermost and target is not located:
        into.name = str(target.path[-1]) if target.path else target.source
        into.origin = Origin(target.source, target.path)
    if target.value is False:
        into.never = True
    for key, value in beside.items():
        # What stands beside a reference speaks about this use of it, so it wins over the definition's words.
        if key in (
            "description",
            "title",
            "deprecated",
            "default",
            "example",
            "examples",
            "readOnly",
            "writeOnly",
        ):
            into.keywords.setdefault(key, value)
    if isinstance(target.value, dict):
        _keywords(target, into)
        if target is not located:
            _structure(located, into)
        _structure(target, into)
        for branch in _members(target, "allOf"):
            _take(documents, branch, into, outermost=False, left=left)
        if target is not located:
            for branch in _members(located, "allOf"):
                _take(documents, branch, into, outermost=False, left=left)


def _keywords(target: Located, into: Merged) -> None:
    for key, value in target.value.items():
        if key not in _COLLECTED and isinstance(key, str):
            if key not in into.keywords:
                into.located[key] = target.child(key)
            into.keywords.setdefault(key, value)


def _structure(target: Located, into: Merged) -> None:
    for keyword, collected in (("properties", into.properties), ("patternProperties", into.patterns)):
        members = target.value.get(keyword)
        if isinstance(members, dict):
            holder = target.child(keyword)
            for name in members:
                collected.setdefault(str(name), holder.child(name))
    required = target.value.get("required")
    if isinstance(required, list):
        into.required.update(name for name in required if isinstance(name, str))
    for keyword, word in (("oneOf", "one of"), ("anyOf", "any of")):
        into.variants += [(word, branch) for branch in _members(target, keyword)]


def _members(target: Located, keyword: str) -> list[Located]:
    members = target.value.get(keyword)
    if not isinstance(members, list):
        return []
    holder = target.child(keyword)
    return [holder.child(index) for index in range(len(members))]
