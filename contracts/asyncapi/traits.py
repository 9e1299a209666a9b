"""Traits: what an operation or a message takes over from elsewhere."""

from __future__ import annotations

from typing import Any

from contracts.references import Located
from contracts.tolerant import Reader


def applied(reader: Reader, node: Located, *, own_wins: bool) -> dict[str, Located]:
    """Each field of an operation or message with its traits merged in, and where it comes from.

    Traits are merged in their order by JSON Merge Patch (RFC 7396). In AsyncAPI 2.x they override the object
    (2.6.0, "Operation Object", `traits`); in 3.x what the object says itself wins (3.0.0, "Traits Merge
    Mechanism").
    """
    traits = list(reader.item_mappings(node, "traits"))
    fields: dict[str, Located] = {}
    for layer in (*traits, node) if own_wins else (node, *traits):
        for key in layer.value:
            if key not in ("traits", "$ref"):
                fields[key] = _merged(reader, fields.get(key), layer.child(key))
    return fields


def with_traits(reader: Reader, node: Located, *, own_wins: bool) -> Located:
    """The object with its traits merged in, as a node at the object's own place."""
    if not node.value.get("traits"):
        return node
    fields = applied(reader, node, own_wins=own_wins)
    return Located({key: field.value for key, field in fields.items()}, node.source, node.path)


def _merged(reader: Reader, below: Located | None, above: Located) -> Located:
    """`above` laid over `below`; where only one of them says something, it keeps its own place."""
    if below is None or not isinstance(below.value, dict) or not isinstance(above.value, dict):
        return above
    first, second = reader.follow(below), reader.follow(above)
    if first is None or second is None:
        return second or first or above
    if not isinstance(first.value, dict) or not isinstance(second.value, dict):
        return second
    if first.source != second.source and _has_reference(first.value):
        reader.problem(
            above,
            "trait-across-files",
            f"'{above.path[-1]}' is merged with a trait from '{first.source}' whose references count from there.",
            "Move the trait into the same file, or state the field in one place only.",
        )
        return second
    return Located(patched(first.value, second.value), second.source, second.path)


def patched(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = patched(result.get(key), value)
    return result


def _has_reference(value: Any) -> bool:
    if isinstance(value, dict):
        return "$ref" in value or any(map(_has_reference, value.values()))
    return isinstance(value, list) and any(map(_has_reference, value))
