"""Discriminators, made enforceable by keywords that every validator has.

For `oneOf` and `anyOf` the narrowing is added to what the plain schema says, so that nothing is accepted which
the plain schema refuses: where the instance is an object with the discriminating property, its value must be
a known one, and the schema of that value must hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from contracts.references import Located


class Discriminators(Enum):
    """What a translation makes of discriminators."""

    ENFORCED = "enforced"
    """They narrow: the schema that the value names must hold. For validation."""
    SELECTING = "selecting"
    """They narrow, and decide: where the value names a member of a `oneOf`, others may accept the instance too.

    So OpenAPI 2.0 and 3.0 describe the property. Members that are open to further properties would otherwise
    hardly ever exclude each other.
    """
    TAGGED = "tagged"
    """Each member of a `oneOf` takes the values that name it and no others, so that members exclude each other.

    Writers who use other values than the names are not covered. For proofs about two versions, which read both
    alike.
    """
    IGNORED = "ignored"
    """They are the hints that they are for generators."""


def property_name(value: dict[str, Any], dialect: str) -> str | None:
    """The discriminating property; None where there is none, or where the dialect does not know them."""
    discriminator = value.get("discriminator")
    if dialect in ("openapi-2.0", "asyncapi") and isinstance(discriminator, str):
        return discriminator
    if isinstance(discriminator, dict) and isinstance(discriminator.get("propertyName"), str):
        return str(discriminator["propertyName"])
    return None


def mapping(value: dict[str, Any]) -> dict[str, str]:
    """The values that are mapped explicitly: value → `$ref` or component name."""
    discriminator = value.get("discriminator")
    written = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    if not isinstance(written, dict):
        return {}
    return {key: target for key, target in written.items() if isinstance(target, str)}


def default(value: dict[str, Any], dialect: str) -> str | None:
    """The schema that holds where no value is known (`defaultMapping`, OpenAPI 3.2.0, "Discriminator Object")."""
    discriminator = value.get("discriminator")
    written = discriminator.get("defaultMapping") if isinstance(discriminator, dict) else None
    return written if isinstance(written, str) and dialect == "json-schema-2020-12" else None


def as_reference(target: str) -> str:
    """A mapping's target as a reference: a bare name is a component (OpenAPI 3.0.3, "Discriminator Object")."""
    if "/" in target or "#" in target or target.endswith((".json", ".yaml", ".yml")):
        return target
    return "#/components/schemas/" + target.replace("~", "~0").replace("/", "~1")


def alternatives(node: Located) -> dict[str, str]:
    """The implicit values of `oneOf` and `anyOf`: the last token of each `$ref` → the `$ref`."""
    found: dict[str, str] = {}
    for keyword in ("oneOf", "anyOf"):
        members = node.value.get(keyword)
        for member in members if isinstance(members, list) else ():
            reference = member.get("$ref") if isinstance(member, dict) else None
            if isinstance(reference, str):
                name = reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
                found[name] = reference
    return found


def tagged(
    name: str, members: Iterable[Any], references: Iterable[Any], explicit: Mapping[str, str]
) -> list[Any] | None:
    """The members of a `oneOf`, each narrowed to the values that name it.

    `references` are the `$ref`s of the members as they are written, `explicit` the mapping with its targets as
    references. None where a member has no name, or two have the same.
    """
    found: list[Any] = []
    taken: set[str] = set()
    for member, reference in zip(members, references, strict=True):
        if not isinstance(reference, str):
            return None
        values = [value for value, target in explicit.items() if target == reference]
        values = values or [reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")]
        if taken & set(values):
            return None
        taken.update(values)
        tag = {"type": "object", "properties": {name: {"enum": values}}, "required": [name]}
        found.append({"allOf": [member, tag]})
    return found


def narrowing(
    name: str, schemas: Mapping[str, dict[str, Any]], *, closed: bool, otherwise: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The members to add to `allOf`: one per value, and for other values or none.

    When `closed`, other values are refused; `otherwise` is the schema that holds for them, and without a value.
    """
    found: list[dict[str, Any]] = []
    known = {"properties": {name: {"enum": list(schemas)}}}
    if otherwise is not None:
        found.append({"if": {"type": "object", "not": {**known, "required": [name]}}, "then": otherwise})
    elif closed:
        found.append(known)
    for value, schema in schemas.items():
        test = {"type": "object", "properties": {name: {"const": value}}, "required": [name]}
        found.append({"if": test, "then": schema})
    return found


def selecting(
    name: str, schemas: Mapping[str, dict[str, Any]], members: list[Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands for a `oneOf` whose member is selected by value: any member, and one alone without a value."""
    known = {"type": "object", "properties": {name: {"enum": list(schemas)}}, "required": [name]}
    return {"anyOf": members}, {"if": {"not": known}, "then": {"oneOf": members}}
