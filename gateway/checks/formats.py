"""Formats of the OpenAPI format registry that JSON Schema does not know.

jsonschema-rs asserts JSON Schema's own (date-time, uuid, email …); these are the registry's additions
(https://spec.openapis.org/registry/format/). A format speaks of one type of value and accepts all others.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*={0,2}\Z")


def _byte(value: Any) -> bool:
    """RFC 4648 section 4; line breaks, as in MIME, are let pass."""
    if not isinstance(value, str):
        return True
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _base64url(value: Any) -> bool:
    return not isinstance(value, str) or _BASE64URL.match(value) is not None


FORMATS: dict[str, Callable[[Any], bool]] = {"byte": _byte, "base64url": _base64url}
"""Of text; jsonschema-rs asks them about nothing else."""
RANGES: dict[str, tuple[int, int]] = {
    f"{sign}int{bits}": (0, 2**bits - 1) if sign else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    for bits in (8, 16, 32, 64)
    for sign in ("", "u")
}


class Bounded:
    """Formats of integers, spelled out as bounds. Parts that several schemas share are copied once."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Any, Any]] = {}

    def schema(self, value: Any) -> Any:
        """The same schema with bounds; the schema itself where it names no format of integers."""
        if not isinstance(value, dict | list):
            return value
        found = self._made.get(id(value))
        if found is None:
            made = self._mapping(value) if isinstance(value, dict) else self._list(value)
            found = self._made[id(value)] = value, made  # held, so that its id is not given away again
        return found[1]

    def _list(self, value: list[Any]) -> list[Any]:
        made = [self.schema(item) for item in value]
        return made if any(new is not old for new, old in zip(made, value, strict=True)) else value

    def _mapping(self, value: dict[str, Any]) -> dict[str, Any]:
        made = {name: self.schema(held) for name, held in value.items()}
        bounds = RANGES.get(value["format"]) if isinstance(value.get("format"), str) else None
        if bounds is not None:
            made["minimum"] = max(bounds[0], _number(value.get("minimum"), bounds[0]))
            made["maximum"] = min(bounds[1], _number(value.get("maximum"), bounds[1]))
            return made
        return made if any(made[name] is not value[name] for name in value) else value


def _number(value: Any, usual: int) -> Any:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else usual
