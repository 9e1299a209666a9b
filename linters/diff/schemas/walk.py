"""Walking two schemas side by side: what differs in a pair of objects, and the pairs that lie below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from linters.diff.proof.definitions import ANNOTATIONS

from .difference import Difference, difference
from .keywords import differences, listed_types
from .nodes import Agreement, Node, Reader, mapping, members
from .pairs import paired
from .properties import Properties, required_names

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
    _properties: Properties = field(init=False)
    _local: dict[tuple[Any, ...], tuple[list[Difference], list[Child]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.agreement = Agreement(self.base, self.revision)
        self._properties = Properties(self.base, self.revision, self.agreement)

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
                yield difference("keyword", "changed", old, new, data=data)
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
                yield difference("schema", action, old, new)
            return
        if self.agreement.is_written_alike(old, new):
            # Only what a reference leads to can differ.
            for name in mapping(old, "properties"):
                yield from self._properties.mutability(old, new, name, required=name in required_names(new))
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
            yield difference(own.element, own.action, old, new, at=places, data=own.data)
        if not _moved_inside(old, new):
            yield from self._properties.differing(old, new)
        yield from self._compositions(old, new)
        yield from self._subschemas(old, new)

    def _compositions(self, old: Node, new: Node) -> Iterator[Difference]:
        listed = listed_types(old, new) is not None
        for keyword in ("allOf", "anyOf", "oneOf"):
            before, after = members(old, keyword), members(new, keyword)
            if listed and keyword != "allOf":
                continue
            if keyword == "oneOf" and bool(before) != bool(after):
                action = "wrapped" if after else "unwrapped"
                at = ((keyword,) if before else (), (keyword,) if after else ())
                yield difference("oneOf", action, old, new, at=at, data={"after": len(after or before)})
                continue
            _, gone, come = paired(self, old, new, keyword)
            for index in gone:
                place = (keyword, index)
                data = {"before": _called(before[index], index)}
                yield difference(
                    _element(keyword, before[index]), "removed", old, new, at=(place, ()), data=data
                )
            for index in come:
                place = (keyword, index)
                data = {"after": _called(after[index], index)}
                yield difference(
                    _element(keyword, after[index]), "added", old, new, at=((), place), data=data
                )

    def _subschemas(self, old: Node, new: Node) -> Iterator[Difference]:
        for keyword in _ADDED_OR_REMOVED:
            was, now = keyword in old.value, keyword in new.value
            places = ((keyword,) if was else (), (keyword,) if now else ())
            if was != now:
                action = "added" if now else "removed"
                data = {"after": keyword, "before": keyword}
                yield difference(keyword, action, old, new, at=places, data=data)
            elif keyword in ("if", "not") and was and not self._agree(old, new, keyword):
                element = "not" if keyword == "not" else "conditional"
                yield difference(element, "changed", old, new, at=places)
        yield from self._maps(old, new)
        yield from _additional(old, new)
        yield from _items(old, new)

    def _agree(self, old: Node, new: Node, keyword: str) -> bool:
        return self.agreement.of(old.child(keyword), new.child(keyword))

    def _maps(self, old: Node, new: Node) -> Iterator[Difference]:
        for keyword in ("patternProperties", "dependentSchemas"):
            before, after = mapping(old, keyword), mapping(new, keyword)
            for name in dict.fromkeys((*before, *after)):
                at = ((keyword, name) if name in before else (), (keyword, name) if name in after else ())
                data = {"name": name, "before": name, "after": name}
                if (name in before) != (name in after):
                    yield difference(
                        keyword, "added" if name in after else "removed", old, new, at=at, data=data
                    )

    # -- what lies below ----------------------------------------------------------------------------------

    def _children(self, old: Node, new: Node) -> Iterator[Child]:
        if not isinstance(old.value, dict) or not isinstance(new.value, dict):
            return
        for keyword in ("properties", "patternProperties"):
            before, after = mapping(old, keyword), mapping(new, keyword)
            for name in before:
                if name in after and not self.agreement.of_parts(old, before[name], new, after[name]):
                    step = name if keyword == "properties" else f"/{name}/"
                    yield Child(step, old.child(keyword, name), new.child(keyword, name))
        if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
            yield Child("[]", old.child("items"), new.child("items"))
        for keyword in ("prefixItems", "items"):
            before_items, after_items = members(old, keyword), members(new, keyword)
            for index in range(min(len(before_items), len(after_items))):
                yield Child(f"[{index}]", old.child(keyword, index), new.child(keyword, index))
        if isinstance(old.get("additionalProperties"), dict) and isinstance(
            new.get("additionalProperties"), dict
        ):
            yield Child("*", old.child("additionalProperties"), new.child("additionalProperties"))
        for name in mapping(old, "dependentSchemas"):
            if name in mapping(new, "dependentSchemas"):
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
    yield difference("additionalProperties", action, old, new, at=at)


def _items(old: Node, new: Node) -> Iterator[Difference]:
    was, now = isinstance(old.get("items"), dict), isinstance(new.get("items"), dict)
    if was != now and not isinstance(old.get("items"), list) and not isinstance(new.get("items"), list):
        at = (("items",) if was else (), ("items",) if now else ())
        yield difference("items", "added" if now else "removed", old, new, at=at)
    for keyword in ("prefixItems", "items"):
        before, after = len(members(old, keyword)), len(members(new, keyword))
        for index in range(before, after):
            yield difference(
                "prefixItems", "added", old, new, at=((), (keyword, index)), data={"after": index}
            )
        for index in range(after, before):
            yield difference(
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
