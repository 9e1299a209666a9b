"""Schemas that no value fulfils together, as far as their keywords say so plainly: what makes a `oneOf` decidable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

KINDS: Final = frozenset({"null", "boolean", "number", "string", "array", "object"})
_DEPTH: Final = 12


@dataclass(frozen=True, slots=True)
class Outline:
    """What every value of a schema has in common: it may accept less.

    `texts` are the only values that a property may have, where it has one; `names` the only properties, None where
    there may be others.
    """

    kinds: frozenset[str] = KINDS
    required: frozenset[str] = frozenset()
    texts: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    names: frozenset[str] | None = None

    def __and__(self, other: Outline) -> Outline:
        texts = dict(self.texts)
        for name, held in other.texts.items():
            texts[name] = texts[name] & held if name in texts else held
        names = self.names if other.names is None else other.names
        if self.names is not None and other.names is not None:
            names = self.names & other.names
        return Outline(self.kinds & other.kinds, self.required | other.required, texts, names)

    def excludes_objects(self, other: Outline) -> bool:
        """Whether no object can be of both."""
        if "object" not in self.kinds & other.kinds:
            return True
        for one, another in ((self, other), (other, self)):
            if another.names is not None and not one.required <= another.names:
                return True
            for name in one.required & one.texts.keys() & another.texts.keys():
                if not one.texts[name] & another.texts[name]:
                    return True
        return False


def outline(schema: Any, definitions: Mapping[str, Any], depth: int = _DEPTH) -> Outline:
    """The outline of a translated schema."""
    if schema is False:
        return Outline(frozenset())
    if not isinstance(schema, dict) or depth <= 0:
        return Outline()
    found = _own(schema)
    if "$ref" in schema:
        found &= outline(definitions.get(schema["$ref"].removeprefix("#/$defs/")), definitions, depth - 1)
    for part in schema.get("allOf", ()):
        found &= outline(part, definitions, depth - 1)
    for keyword in ("anyOf", "oneOf"):
        if schema.get(keyword):
            kinds = (outline(part, definitions, depth - 1).kinds for part in schema[keyword])
            found &= Outline(frozenset().union(*kinds))
    return found


def _own(schema: dict[str, Any]) -> Outline:
    kinds = KINDS
    types = schema.get("type")
    if types is not None:
        kinds = frozenset(
            "number" if one == "integer" else one for one in ([types] if isinstance(types, str) else types)
        )
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if values is not None:
        kinds &= frozenset(map(_kind_of, values))
    properties = schema.get("properties", {})
    texts = {name: held for name, one in properties.items() if (held := _texts(one)) is not None}
    closed = schema.get("additionalProperties") is False and "patternProperties" not in schema
    return Outline(
        kinds, frozenset(schema.get("required", ())), texts, frozenset(properties) if closed else None
    )


def _texts(schema: Any) -> frozenset[Any] | None:
    if not isinstance(schema, dict):
        return None
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if values is None or not all(isinstance(value, str) for value in values):
        return None
    return frozenset(values)


def _kind_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
