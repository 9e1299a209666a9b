"""Samples of payloads without their values: what kind of thing stood where."""

from __future__ import annotations

from typing import Any

from contracts.pointers import from_pointer
from gateway.bodies.jsons import parse_json
from gateway.malformed import Malformed

_DEPTH = 3
_WIDTH = 20
_NAME = 80
_LARGEST = 256 * 1024
"""Bodies beyond this are not parsed again for a sample."""


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
        return {name[:_NAME]: redacted(held, depth - 1) for name, held in list(value.items())[:_WIDTH]}
    if isinstance(value, list):
        if depth == 0:
            return f"array of {len(value)}"
        return [redacted(held, depth - 1) for held in value[:3]]
    if isinstance(value, str):
        return f"string of {len(value)}"
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    return "integer" if isinstance(value, int) else "number"
