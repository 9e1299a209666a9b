"""The differences that two schema objects show in their own keywords, those of their children aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contracts.schemas.keywords import DROPPED, KNOWN
from linters.diff import extended
from linters.diff.notice import SUNSET, Notice
from linters.diff.proof.definitions import ANNOTATIONS, dump
from linters.diff.proof.keywords import accepts_all

from .nodes import Node

LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
_BOUNDS = frozenset((*LOWER, *UPPER))


@dataclass(frozen=True, slots=True)
class Own:
    """A difference in an object's own keywords: which check, at which keyword, with which figures."""

    element: str
    action: str
    keyword: str | int | None = None
    data: dict[str, Any] = field(default_factory=dict)


def differences(base: Node, revision: Node) -> Iterator[Own]:
    """What differs between the two objects themselves."""
    yield from _types(base, revision)
    yield from _nullable(base, revision)
    yield from _values(base, revision)
    if not (_BOUNDS.isdisjoint(base.value) and _BOUNDS.isdisjoint(revision.value)):
        for keyword in LOWER:
            yield from _bound(base, revision, keyword, lower=True)
        for keyword in UPPER:
            yield from _bound(base, revision, keyword, lower=False)
    yield from _pattern(base, revision)
    yield from _flags(base, revision)
    yield from _annotations(base, revision)
    yield from _unknown(base, revision)


def _types(base: Node, revision: Node) -> Iterator[Own]:
    listed = listed_types(base, revision)
    if listed is not None:
        yield _of_lists(*listed)
        return
    old, new = base.types, revision.types
    if old != new:
        yield Own("type", _single(old, new), "type", {"before": _listed(old), "after": _listed(new)})
        return
    before, after = base.get("format"), revision.get("format")
    if before != after:
        action = "added" if before is None else "removed" if after is None else "changed"
        yield Own("format", action, "format", {"before": before, "after": after})


def listed_types(base: Node, revision: Node) -> tuple[frozenset[str], frozenset[str]] | None:
    """The types on both sides where one of them lists them by `anyOf` or `oneOf` and the other by `type`."""
    old, new = _alternatives(base), _alternatives(revision)
    if old and not new and revision.types and not _composed(revision):
        return old, revision.types
    if new and not old and base.types and not _composed(base):
        return base.types, new
    return None


def _alternatives(node: Node) -> frozenset[str]:
    """The types of a composition whose members say nothing else; empty where it is none such."""
    members: list[Any] = next(
        (node.get(one) for one in ("oneOf", "anyOf") if isinstance(node.get(one), list)), []
    )
    bare = [
        one["type"]
        for one in members
        if isinstance(one, dict)
        and isinstance(one.get("type"), str)
        and all(key == "type" or key in ANNOTATIONS for key in one)
    ]
    return frozenset(bare) - {"null"} if members and len(bare) == len(members) else frozenset()


def _composed(node: Node) -> bool:
    return any(isinstance(node.get(one), list) for one in ("oneOf", "anyOf"))


def _of_lists(old: frozenset[str], new: frozenset[str]) -> Own:
    data = {"before": _listed(old), "after": _listed(new)}
    if _within(old, new):
        return Own("list-of-types", "widened", None, data)
    if _within(new, old):
        return Own("list-of-types", "narrowed", None, data)
    return Own("type", "changed", None, data)


def _single(old: frozenset[str], new: frozenset[str]) -> str:
    if not new:
        return "removed"
    return "generalized" if _within(old, new) else "specialized" if _within(new, old) else "changed"


def _within(inner: frozenset[str], outer: frozenset[str]) -> bool:
    """Whether one list of types is within another; the empty list means any."""
    if not outer:
        return True
    return bool(inner) and all(one in outer or (one == "integer" and "number" in outer) for one in inner)


def _listed(types: frozenset[str]) -> str:
    return " or ".join(sorted(types)) or "any type"


def _nullable(base: Node, revision: Node) -> Iterator[Own]:
    if base.takes_null != revision.takes_null:
        action = "added" if revision.takes_null else "removed"
        # A type that appears or goes says the same already.
        if (base.types and revision.types) or base.nullable or revision.nullable:
            keyword = "nullable" if (revision if revision.takes_null else base).get("nullable") else "type"
            yield Own("nullable", action, keyword)


def _values(base: Node, revision: Node) -> Iterator[Own]:
    old, new = base.get("enum"), revision.get("enum")
    if isinstance(old, list) and isinstance(new, list):
        before, after = {dump(one): one for one in old}, {dump(one): one for one in new}
        for key in before.keys() - after.keys():
            if before[key] is not None:
                yield Own(
                    "enum-value", "removed", "enum", {"value": before[key], "at": old.index(before[key])}
                )
        for key in after.keys() - before.keys():
            if after[key] is not None:
                data: dict[str, Any] = {"value": after[key], "at": new.index(after[key])}
                if _has(base, "x-extensible-enum"):
                    data["extensible"] = True
                yield Own("enum-value", "added", "enum", data)
    elif isinstance(new, list):
        yield Own("enum", "added", "enum", {"after": new})
    elif isinstance(old, list):
        yield Own("enum", "removed", "enum", {"before": old})
    yield from _extensible(base, revision)
    for keyword in ("const", "default"):
        has_old, has_new = _has(base, keyword), _has(revision, keyword)
        data = {"before": base.get(keyword), "after": revision.get(keyword)}
        if has_old and has_new and dump(data["before"]) != dump(data["after"]):
            yield Own(keyword, "changed", keyword, data)
        elif has_old != has_new:
            yield Own(keyword, "added" if has_new else "removed", keyword, data)


def _extensible(base: Node, revision: Node) -> Iterator[Own]:
    old, new = base.get("x-extensible-enum"), revision.get("x-extensible-enum")
    if isinstance(old, list) and isinstance(new, list):
        for value in old:
            if value not in new:
                yield Own("extensible-enum-value", "removed", "x-extensible-enum", {"value": value})
        for value in new:
            if value not in old:
                yield Own("extensible-enum-value", "added", "x-extensible-enum", {"value": value})
    elif old != new:
        data = {"name": "x-extensible-enum", "before": old, "after": new}
        action = extended.action(base.value, revision.value, "x-extensible-enum")
        yield Own("extension", action, "x-extensible-enum", data)


def _unknown(base: Node, revision: Node) -> Iterator[Own]:
    """Keywords that nobody here knows, or whose dialect nobody knows, where both sides have them."""
    known = (KNOWN.get(base.dialect, frozenset()) & KNOWN.get(revision.dialect, frozenset())) | DROPPED
    for keyword in base.value:
        if (
            keyword in known
            or keyword == "$ref"
            or str(keyword).startswith("x-")
            or not _has(revision, keyword)
        ):
            continue
        data = {"name": keyword, "before": base.get(keyword), "after": revision.get(keyword)}
        if dump(data["before"]) != dump(data["after"]):
            yield Own("keyword", "changed", keyword, data)


def _bound(base: Node, revision: Node, keyword: str, *, lower: bool) -> Iterator[Own]:
    before, after = base.bound(keyword), revision.bound(keyword)
    if before == after:
        return
    data = {"before": before, "after": after}
    if before is None:
        yield Own(keyword, "set", keyword, data)
    elif after is None:
        yield Own(keyword, "unset", keyword, data)
    else:
        yield Own(keyword, "increased" if after > before else "decreased", keyword, data)


def _pattern(base: Node, revision: Node) -> Iterator[Own]:
    before, after = base.get("pattern"), revision.get("pattern")
    if before == after:
        return
    data = {"before": before, "after": after}
    if before is None:
        yield Own("pattern", "added", "pattern", data)
    elif after is None:
        yield Own("pattern", "removed", "pattern", data)
    elif isinstance(after, str) and accepts_all(after):
        yield Own("pattern", "generalized", "pattern", data)
    else:
        yield Own("pattern", "changed", "pattern", data)


def _flags(base: Node, revision: Node) -> Iterator[Own]:
    if bool(base.get("uniqueItems")) != bool(revision.get("uniqueItems")):
        yield Own("uniqueItems", "added" if revision.get("uniqueItems") else "removed", "uniqueItems")
    for keyword in ("multipleOf", "contentMediaType", "contentEncoding"):
        before, after = base.get(keyword), revision.get(keyword)
        if before == after:
            continue
        action = "changed"
        if keyword == "multipleOf" and (before is None or after is None):
            action = "added" if before is None else "removed"
        yield Own(keyword, action, keyword, {"before": before, "after": after})
    yield from _dependent(base, revision)


def _dependent(base: Node, revision: Node) -> Iterator[Own]:
    old, new = (_lists(node.get("dependentRequired")) for node in (base, revision))
    if old is None or new is None:
        if dump(base.get("dependentRequired")) != dump(revision.get("dependentRequired")):
            data = {"before": base.get("dependentRequired"), "after": revision.get("dependentRequired")}
            yield Own(
                "dependentRequired", "changed", "dependentRequired", {**data, "name": "dependentRequired"}
            )
        return
    for name in sorted(old.keys() | new.keys()):
        data = {"before": old.get(name), "after": new.get(name), "name": name}
        if name not in old:
            yield Own("dependentRequired", "added", "dependentRequired", data)
        elif name not in new:
            yield Own("dependentRequired", "removed", "dependentRequired", data)
        elif sorted(map(str, old[name])) != sorted(map(str, new[name])):
            yield Own("dependentRequired", "changed", "dependentRequired", data)


def _lists(value: Any) -> dict[str, list[Any]] | None:
    """Lists by name, none where nothing is said; None where it is something else."""
    if value is None:
        return {}
    lists = isinstance(value, dict) and all(isinstance(one, list) for one in value.values())
    return value if lists else None


def _annotations(base: Node, revision: Node) -> Iterator[Own]:
    old, new = base.get("discriminator"), revision.get("discriminator")
    if old != new:
        yield from _discriminator(old, new)
    formats = [node.get("collectionFormat", "csv") for node in (base, revision)]
    if formats[0] != formats[1] and "openapi-2.0" in (base.dialect, revision.dialect):
        data = {"before": formats[0], "after": formats[1]}
        yield Own("collectionFormat", "changed", "collectionFormat", data)
    if base.get("xml") != revision.get("xml"):
        yield Own("xml", "changed", "xml", {"before": base.get("xml"), "after": revision.get("xml")})
    for name in extended.changed(base.value, revision.value):
        data = {"name": name, "before": base.get(name), "after": revision.get(name)}
        yield Own("extension", extended.action(base.value, revision.value, name), name, data)
    before, after = (Notice.of(bool(node.get("deprecated")), node.value) for node in (base, revision))
    if before != after:
        keyword = "deprecated" if before.deprecated != after.deprecated else SUNSET
        yield Own("schema", "notice", keyword, {"before": before.written, "after": after.written})


def _discriminator(old: Any, new: Any) -> Iterator[Own]:
    before = old if isinstance(old, dict) else {"propertyName": old} if old else {}
    after = new if isinstance(new, dict) else {"propertyName": new} if new else {}
    if not before or not after:
        data = {"before": before.get("propertyName"), "after": after.get("propertyName")}
        yield Own("discriminator", "removed" if before else "added", "discriminator", data)
        return
    if before.get("propertyName") != after.get("propertyName"):
        data = {"before": before.get("propertyName"), "after": after.get("propertyName")}
        yield Own("discriminator", "property-name-changed", "discriminator", data)
    maps = before.get("mapping") or {}, after.get("mapping") or {}
    if not (isinstance(maps[0], dict) and isinstance(maps[1], dict)):
        if dump(maps[0]) != dump(maps[1]):
            data = {"name": "discriminator", "before": maps[0], "after": maps[1]}
            yield Own("keyword", "changed", "discriminator", data)
        return
    for name in sorted(maps[0].keys() | maps[1].keys()):
        one, other = maps[0].get(name), maps[1].get(name)
        if one != other:
            action = (
                "mapping-added" if one is None else "mapping-deleted" if other is None else "mapping-changed"
            )
            yield Own("discriminator", action, "discriminator", {"before": one, "after": other, "name": name})


def _has(node: Node, keyword: str) -> bool:
    return isinstance(node.value, dict) and keyword in node.value
