"""Walking two schemas side by side: own keywords, properties, items, and the members of compositions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from linters.diff.proof.definitions import ANNOTATIONS

from .keywords import differences, listed_types
from .nodes import Agreement, Node, Reader
from .pairs import paired

_MEMBER = re.compile(r"<[^<>]*>")
_ADDED_OR_REMOVED = (
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
    "not",
)


_WALKED = (
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
)
"""Keywords whose schema is walked like a member of a composition. Below `if` and `not` nothing means what it says."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, judged by nobody yet.

    `base` and `revision` are the schema objects that differ; `at` are the keys, below them, of the very place
    on either side. `path` leads to it from the objects. `only` names the property in question where they differ
    in more.
    """

    element: str
    action: str
    path: str
    base: Node
    revision: Node
    at: tuple[tuple[str | int, ...] | None, tuple[str | int, ...] | None]
    data: dict[str, Any]
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A pair of schemas below another pair, and the step that leads there."""

    step: str
    base: Node
    revision: Node
    composed: bool = False


@dataclass
class SchemaWalk:
    """Finds what differs below pairs of schemas. What one pair shows is kept, as components recur."""

    base: Reader
    revision: Reader
    agreement: Agreement = field(init=False)
    _local: dict[tuple[Any, ...], tuple[list[Difference], list[Child]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.agreement = Agreement(self.base, self.revision)

    def own(self, old: Node, new: Node) -> list[Difference]:
        """What differs in a pair of resolved schema objects themselves."""
        return self._of(old, new)[0]

    def children(self, old: Node, new: Node) -> list[Child]:
        """The pairs of schemas that lie below a pair of resolved schema objects, without properties that agree."""
        return self._of(old, new)[1]

    def _of(self, old: Node, new: Node) -> tuple[list[Difference], list[Child]]:
        key = (old.key, new.key)
        known = self._local.get(key)
        if known is None:
            known = self._local[key] = (list(self._own(old, new)), list(self._children(old, new)))
        return known

    # -- one pair of objects ------------------------------------------------------------------------------

    def _own(self, old: Node, new: Node) -> Iterator[Difference]:
        if not isinstance(old.value, dict | bool) or not isinstance(new.value, dict | bool):
            if old.value != new.value:
                data = {"name": f"the schema in {new.dialect}", "before": old.value, "after": new.value}
                yield _difference("keyword", "changed", old, new, data=data)
            return
        if not isinstance(old.value, dict) or not isinstance(new.value, dict):
            if old.value != new.value:
                action = (
                    "appeared"
                    if old.value in (True, {})
                    else "vanished"
                    if new.value in (True, {})
                    else "unproved"
                )
                yield _difference("schema", action, old, new)
            return
        if self.agreement.is_written_alike(old, new):
            # Only what a reference leads to can differ.
            for name in _map(old, "properties"):
                yield from self._mutability(old, new, name, required=name in _names(new))
            return
        for own in differences(old, new):
            if own.element == "type" and _moved_inside(old, new):
                continue
            places: tuple[Any, ...] = tuple(
                (own.keyword,) if own.keyword is not None and node.get(str(own.keyword)) is not None else ()
                for node in (old, new)
            )
            if own.keyword == "enum" and "at" in own.data:
                index = (own.keyword, own.data["at"])
                places = (index, places[1]) if own.action == "removed" else (places[0], index)
            yield _difference(own.element, own.action, old, new, at=places, data=own.data)
        if not _moved_inside(old, new):
            yield from self._properties(old, new)
        yield from self._compositions(old, new)
        yield from self._subschemas(old, new)

    def _properties(self, old: Node, new: Node) -> Iterator[Difference]:
        before, after = _map(old, "properties"), _map(new, "properties")
        required_before, required_after = _names(old), _names(new)
        names_before, names_after = frozenset(required_before), frozenset(required_after)
        for name in dict.fromkeys((*before, *after, *required_before, *required_after)):
            known_before, known_after = name in before, name in after
            was, now = name in names_before, name in names_after
            if known_before and known_after:
                yield from self._mutability(old, new, name, required=now)
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
                yield _difference(element, action, old, new, at=places, data=data, only=name, path=name)

    def _marks(self, old: Node, new: Node, name: str) -> dict[str, Any]:
        """Whether the property travels one way only, on a side that has it."""
        sides = [
            reader.resolved(node.child("properties", name))
            for reader, node in ((self.base, old), (self.revision, new))
            if name in _map(node, "properties")
        ]
        return {
            mark: any(bool(side.get(keyword)) for side in sides)
            for mark, keyword in (("read_only", "readOnly"), ("write_only", "writeOnly"))
        }

    def _property(self, old: Node, new: Node, name: str) -> Node:
        if name in _map(new, "properties"):
            return self.revision.resolved(new.child("properties", name))
        if name in _map(old, "properties"):
            return self.base.resolved(old.child("properties", name))
        return Node(True, new.origin, new.dialect)

    def _mutability(self, old: Node, new: Node, name: str, *, required: bool) -> Iterator[Difference]:
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
                yield _difference(
                    element, action, old, new, at=(place, place), data={"name": name}, only=name, path=name
                )

    def _compositions(self, old: Node, new: Node) -> Iterator[Difference]:
        listed = listed_types(old, new) is not None
        for keyword in ("allOf", "anyOf", "oneOf"):
            before, after = _list(old, keyword), _list(new, keyword)
            if listed and keyword != "allOf":
                continue
            if keyword == "oneOf" and bool(before) != bool(after):
                action = "wrapped" if after else "unwrapped"
                at = ((keyword,) if before else (), (keyword,) if after else ())
                yield _difference("oneOf", action, old, new, at=at, data={"after": len(after or before)})
                continue
            _, gone, come = paired(self, old, new, keyword)
            for index in gone:
                place = (keyword, index)
                data = {"before": _called(before[index], index)}
                yield _difference(
                    _element(keyword, before[index]), "removed", old, new, at=(place, ()), data=data
                )
            for index in come:
                place = (keyword, index)
                data = {"after": _called(after[index], index)}
                yield _difference(
                    _element(keyword, after[index]), "added", old, new, at=((), place), data=data
                )

    def _subschemas(self, old: Node, new: Node) -> Iterator[Difference]:
        for keyword in _ADDED_OR_REMOVED:
            was, now = keyword in old.value, keyword in new.value
            places = ((keyword,) if was else (), (keyword,) if now else ())
            if was != now:
                action = "added" if now else "removed"
                data = {"after": keyword, "before": keyword}
                yield _difference(keyword, action, old, new, at=places, data=data)
            elif keyword in ("if", "not") and was and not self._agree(old, new, keyword):
                element = "not" if keyword == "not" else "conditional"
                yield _difference(element, "changed", old, new, at=places)
        yield from self._maps(old, new)
        yield from _additional(old, new)
        yield from _items(old, new)

    def _agree(self, old: Node, new: Node, keyword: str) -> bool:
        return self.agreement.of(old.child(keyword), new.child(keyword))

    def _maps(self, old: Node, new: Node) -> Iterator[Difference]:
        for keyword in ("patternProperties", "dependentSchemas"):
            before, after = _map(old, keyword), _map(new, keyword)
            for name in dict.fromkeys((*before, *after)):
                at = ((keyword, name) if name in before else (), (keyword, name) if name in after else ())
                data = {"name": name, "before": name, "after": name}
                if (name in before) != (name in after):
                    yield _difference(
                        keyword, "added" if name in after else "removed", old, new, at=at, data=data
                    )

    # -- what lies below ----------------------------------------------------------------------------------

    def _children(self, old: Node, new: Node) -> Iterator[Child]:
        if not isinstance(old.value, dict) or not isinstance(new.value, dict):
            return
        for keyword in ("properties", "patternProperties"):
            before, after = _map(old, keyword), _map(new, keyword)
            for name in before:
                if name in after and not self.agreement.of_parts(old, before[name], new, after[name]):
                    step = name if keyword == "properties" else f"/{name}/"
                    yield Child(step, old.child(keyword, name), new.child(keyword, name))
        if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
            yield Child("[]", old.child("items"), new.child("items"))
        for keyword in ("prefixItems", "items"):
            before_items, after_items = _list(old, keyword), _list(new, keyword)
            for index in range(min(len(before_items), len(after_items))):
                yield Child(f"[{index}]", old.child(keyword, index), new.child(keyword, index))
        if isinstance(old.get("additionalProperties"), dict) and isinstance(
            new.get("additionalProperties"), dict
        ):
            yield Child("*", old.child("additionalProperties"), new.child("additionalProperties"))
        for name in _map(old, "dependentSchemas"):
            if name in _map(new, "dependentSchemas"):
                label = f"<dependentSchemas {name}>"
                yield Child(
                    label, old.child("dependentSchemas", name), new.child("dependentSchemas", name), True
                )
        for keyword in _WALKED:
            if isinstance(old.get(keyword), dict) and isinstance(new.get(keyword), dict):
                yield Child(f"<{keyword}>", old.child(keyword), new.child(keyword), composed=True)
        for keyword in ("allOf", "anyOf", "oneOf"):
            both, _, _ = paired(self, old, new, keyword)
            for one, other in both:
                branch = old.child(keyword, one)
                label = "" if keyword == "allOf" else f"<{_called(branch.value, one)}>"
                yield Child(label, branch, new.child(keyword, other), composed=True)


def _moved_inside(old: Node, new: Node) -> bool:
    """Whether all that one side says stands in a `oneOf` on the other, whose members say it anew."""
    return any(
        "oneOf" in one.value
        and "oneOf" not in other.value
        and all(key == "oneOf" or key in ANNOTATIONS or key.startswith("x-") for key in one.value)
        for one, other in ((old, new), (new, old))
    )


def _difference(
    element: str,
    action: str,
    old: Node,
    new: Node,
    *,
    at: tuple[Any, ...] = ((), ()),
    data: dict[str, Any] | None = None,
    only: str | None = None,
    path: str = "",
) -> Difference:
    return Difference(element, action, path, old, new, (at[0], at[1]), data or {}, only)


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


def _additional(old: Node, new: Node) -> Iterator[Difference]:
    before, after = old.get("additionalProperties", True), new.get("additionalProperties", True)
    if isinstance(before, dict) and isinstance(after, dict):
        return
    before = True if before == {} else before
    after = True if after == {} else after
    if before == after:
        return
    action = {(True, False): "removed", (False, True): "added"}.get((before is not False, after is not False))
    if action is None:
        action = "restricted" if before is True else "freed"
    at = tuple(
        ("additionalProperties",) if "additionalProperties" in node.value else () for node in (old, new)
    )
    yield _difference("additionalProperties", action, old, new, at=at)


def _items(old: Node, new: Node) -> Iterator[Difference]:
    was, now = isinstance(old.get("items"), dict), isinstance(new.get("items"), dict)
    if was != now and not isinstance(old.get("items"), list) and not isinstance(new.get("items"), list):
        at = (("items",) if was else (), ("items",) if now else ())
        yield _difference("items", "added" if now else "removed", old, new, at=at)
    for keyword in ("prefixItems", "items"):
        before, after = len(_list(old, keyword)), len(_list(new, keyword))
        for index in range(before, after):
            yield _difference(
                "prefixItems", "added", old, new, at=((), (keyword, index)), data={"after": index}
            )
        for index in range(after, before):
            yield _difference(
                "prefixItems", "removed", old, new, at=((keyword, index), ()), data={"before": index}
            )


def _element(keyword: str, member: Any) -> str:
    """An `allOf` member that only annotates is told apart from one that restricts."""
    annotates = isinstance(member, dict) and all(key in ANNOTATIONS or key.startswith("x-") for key in member)
    return "allOf-annotations" if keyword == "allOf" and annotates else keyword


def _called(member: Any, index: int) -> str:
    if isinstance(member, dict):
        if isinstance(member.get("$ref"), str):
            return str(member["$ref"]).rsplit("/", 1)[-1]
        if isinstance(member.get("title"), str):
            return str(member["title"])
        if isinstance(member.get("type"), str):
            return str(member["type"])
    return f"member {index + 1}"


def _map(node: Node, keyword: str) -> dict[str, Any]:
    found = node.get(keyword)
    return found if isinstance(found, dict) else {}


def _list(node: Node, keyword: str) -> list[Any]:
    found = node.get(keyword)
    return found if isinstance(found, list) else []


def _names(node: Node) -> list[str]:
    return [name for name in _list(node, "required") if isinstance(name, str)]


def _at_required(node: Node, name: str) -> tuple[str | int, ...]:
    names = _list(node, "required")
    return ("required", names.index(name)) if name in names else ()


def is_nested(path: str) -> bool:
    """Whether a path leads below the root; the members of an `allOf` are the root itself."""
    return bool(path)


def join(path: str, step: str) -> str:
    """`lines`, `[]`, `sku` → `lines[].sku`."""
    if not path or not step:
        return path or step
    return path + step if step[0] in "[<*/" else f"{path}.{step}"
