"""What values have in common: a JSON Schema that all of them follow, and that holds none of them."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs

from .room import ENDLESS, Room

_DEEPEST = 20
"""Levels of nesting that are described; what is below may be anything."""
_PROPERTIES = 100
"""Different names in one object; beyond, they are keys of a map, and may be data."""
_FORMATS = ("uuid", "date-time", "date", "ipv4", "email", "uri")
_LOOKS = {
    "uuid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "date-time": re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "ipv4": re.compile(r"\d{1,3}(\.\d{1,3}){3}"),
    "email": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"),
    "uri": re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/?=&%-]*)?"),
}
_CHECKS = {
    name: jsonschema_rs.Draft202012Validator({"type": "string", "format": name}, validate_formats=True)
    for name in _FORMATS
}
_ENUMERATED = frozenset({
    "status", "state", "type", "kind", "mode", "currency", "unit", "country", "priority", "level", "category",
    "channel", "direction", "incoterm", "phase", "stage",
})  # fmt: skip
"""Last words of the names whose values are codes; what other names hold may be personal and is never listed."""
_CODE = re.compile(r"[A-Z][A-Z_]{0,30}|[a-z][a-z_-]{0,30}")
_VALUES = 8
"""Different codes that still are an enumeration."""
_SEEN = 20
"""Values that have to be seen before codes are taken for all there are."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NAME = re.compile(r"[A-Za-z_$@][A-Za-z0-9_.$@-]{0,63}")
_RANDOM = re.compile(r"\d{3}|^[0-9a-fA-F-]{8,}$")


class Shape:
    """The values seen at one place. Adding values and merging shapes come to the same."""

    __slots__ = (
        "codes", "count", "formats", "items", "keys", "members", "objects", "room", "strings", "types",
    )  # fmt: skip

    def __init__(self, room: Room = ENDLESS) -> None:
        self.room = room
        self.count = 0
        self.types: set[str] = set()
        self.objects = 0
        self.members: dict[str, Shape] = {}
        self.keys: Shape | None = None
        """What stands under any name, once names are taken for data."""
        self.items: Shape | None = None
        self.strings = 0
        self.formats: set[str] = set(_FORMATS)
        self.codes: dict[str, int] | None = {}

    def add(self, value: Any, depth: int = 0) -> None:
        """Takes a value of JSON into account."""
        self.count += 1
        if isinstance(value, dict):
            self.types.add("object")
            self._object(value, depth)
        elif isinstance(value, list):
            self.types.add("array")
            if depth < _DEEPEST:
                self.items = self.items or self._below()
                if self.items is not None:
                    for held in value:
                        self.items.add(held, depth + 1)
        elif isinstance(value, str):
            self.types.add("string")
            self._string(value)
        elif value is None or isinstance(value, bool):
            self.types.add("null" if value is None else "boolean")
        else:
            self.types.add("integer" if isinstance(value, int) else "number")

    def _object(self, value: dict[str, Any], depth: int) -> None:
        self.objects += 1
        if depth >= _DEEPEST:
            return
        for name, held in value.items():
            if self.keys is None and not is_property_name(name):
                self._as_map()
            if self.keys is not None:
                self.keys.add(held, depth + 1)
                continue
            member = self.members.get(name)
            if member is None:
                member = self._below()
                if member is None:
                    continue
                self.members[name] = member
            member.add(held, depth + 1)
        if self.keys is None and len(self.members) > _PROPERTIES:
            self._as_map()

    def _below(self) -> Shape | None:
        """A shape for what stands below this one, while there is room; what finds none is not described."""
        return Shape(self.room) if self.room.take() else None

    def _as_map(self) -> None:
        self.keys = self.keys or Shape()
        for member in self.members.values():
            self.keys.merge(member)
        self.members = {}

    def _string(self, value: str) -> None:
        self.strings += 1
        if self.formats:
            self.formats = {name for name in self.formats if _has_format(name, value)}
        if self.codes is not None:
            if _CODE.fullmatch(value):
                self.codes[value] = self.codes.get(value, 0) + 1
            if not _CODE.fullmatch(value) or len(self.codes) > _VALUES:
                self.codes = None

    def merge(self, other: Shape) -> None:
        """Takes into account all that another shape was made of."""
        self.count += other.count
        self.types |= other.types
        self.objects += other.objects
        self.strings += other.strings
        self.formats &= other.formats
        self.codes = _both(self.codes, other.codes)
        if other.items is not None:
            self.items = self.items or Shape()
            self.items.merge(other.items)
        for name, member in other.members.items():
            self.members.setdefault(name, Shape()).merge(member)
        if other.keys is not None or self.keys is not None or len(self.members) > _PROPERTIES:
            self._as_map()
            if other.keys is not None and self.keys is not None:
                self.keys.merge(other.keys)

    def schema(self, name: str = "") -> dict[str, Any]:
        """The schema (JSON Schema 2020-12); `name` is that of the property that holds it."""
        kinds = sorted(self.types - ({"integer"} if "number" in self.types else set()), key=_ORDER.index)
        if not kinds:
            return {}
        found: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds}
        if "object" in self.types:
            found |= self._members()
        if "array" in self.types and self.items is not None and (items := self.items.schema(name)):
            found["items"] = items
        if "string" in self.types:
            found |= self._text(name)
        return found

    def _members(self) -> dict[str, Any]:
        if self.keys is not None:
            held = self.keys.schema()
            return {"additionalProperties": held} if held else {}
        found: dict[str, Any] = {}
        if self.members:
            found["properties"] = {name: member.schema(name) for name, member in self.members.items()}
        always = [name for name, member in self.members.items() if member.count == self.objects]
        return found | ({"required": always} if always else {})

    def _text(self, name: str) -> dict[str, Any]:
        if self.formats:
            return {"format": next(known for known in _FORMATS if known in self.formats)}
        if not self.codes or self.types != {"string"} or self.strings < _SEEN or min(self.codes.values()) < 2:
            return {}
        words = _WORD.findall(name)
        return {"enum": sorted(self.codes)} if words and words[-1].lower() in _ENUMERATED else {}


_ORDER = ("object", "array", "string", "integer", "number", "boolean", "null")


def is_property_name(name: str) -> bool:
    """Whether a member's name reads like one that a developer gave, rather than like an identifier or a person's."""
    return _NAME.fullmatch(name) is not None and "@" not in name[1:] and _RANDOM.search(name) is None


def _has_format(name: str, value: str) -> bool:
    return _LOOKS[name].fullmatch(value) is not None and bool(_CHECKS[name].is_valid(value))


def _both(one: dict[str, int] | None, other: dict[str, int] | None) -> dict[str, int] | None:
    if one is None or other is None:
        return None
    found = {name: one.get(name, 0) + other.get(name, 0) for name in one | other}
    return found if len(found) <= _VALUES else None
