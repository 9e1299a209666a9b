"""What is kept and told of payloads: what kind of thing stood where, without values, and without names that are data."""

from __future__ import annotations

import re
from typing import Any

from contracts.pointers import from_pointer, to_pointer
from gateway.bodies.jsons import parse_json
from gateway.malformed import Malformed
from gateway.traffic.learning.shapes import is_property_name
from gateway.verdicts import Fault

_DEPTH = 3
_WIDTH = 20
_NAME = 80
_OTHER = "*"
"""Stands for a name that reads like data."""
_MADE_UP = frozenset({"unknown-parameter", "unknown-property"})
_NAMING = frozenset({"additionalProperties", "unevaluatedProperties", "propertyNames"})
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_LARGEST = 256 * 1024
"""Bodies beyond this are not parsed again for a sample."""


def told(fault: Fault) -> tuple[str, str]:
    """The pointer and the message of a fault, for those who did not send the message.

    Callers can make up names, of parameters and of properties, and put data there: such that do not read like a
    developer's are `*`, unless the contract has them.
    """
    pointer, message = fault.pointer, fault.message
    if pointer and (fault.place == "body" or fault.code in _MADE_UP):
        known = set((fault.schema_pointer or "").split("/")) if fault.code not in _MADE_UP else set()
        path = from_pointer(pointer)
        kept = [
            part if (part.isdecimal() and len(part) < 7) or _is_kept(part, known) else _OTHER for part in path
        ]
        pointer = to_pointer(kept)
    if fault.code in _NAMING:
        message = _QUOTED.sub(
            lambda match: match[0] if is_property_name(match[1] or match[2] or "") else f"'{_OTHER}'", message
        )
    return pointer, message


def _is_kept(name: str, known: set[str]) -> bool:
    return name in known or is_property_name(name)


def sample(body: bytes, pointer: str) -> Any:
    """The surroundings of a fault in a JSON body, each value replaced by its type and length.

    The node that the pointer names, or its nearest ancestor that is an object or array; None where the body is
    no JSON, or too large.
    """
    if not body or len(body) > _LARGEST:
        return None
    try:
        value = parse_json(body)
    except Malformed:
        return None
    held = value
    for token in from_pointer(pointer):
        following = _step(value, token)
        if following is _NOTHING:
            break
        value = following
        if isinstance(value, dict | list):
            held = value
    return {"at": redacted(held, _DEPTH)}


_NOTHING = object()


def _step(value: Any, token: str) -> Any:
    if isinstance(value, dict):
        return value.get(token, _NOTHING)
    if isinstance(value, list) and token.isdecimal() and int(token) < len(value):
        return value[int(token)]
    return _NOTHING


def redacted(value: Any, depth: int = _DEPTH) -> Any:
    """The same structure with types in place of values; what is deep or wide is cut."""
    if isinstance(value, dict):
        if depth == 0:
            return f"object of {len(value)}"
        return {
            name[:_NAME] if is_property_name(name) else _OTHER: redacted(held, depth - 1)
            for name, held in list(value.items())[:_WIDTH]
        }
    if isinstance(value, list):
        if depth == 0:
            return f"array of {len(value)}"
        return [redacted(held, depth - 1) for held in value[:3]]
    if isinstance(value, str):
        return f"string of {len(value)}"
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    return "integer" if isinstance(value, int) else "number"
