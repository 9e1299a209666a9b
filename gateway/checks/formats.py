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


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _within(low: int, high: int) -> Callable[[Any], bool]:
    def check(value: Any) -> bool:
        return not _is_number(value) or low <= value <= high

    return check


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


FORMATS: dict[str, Callable[[Any], bool]] = {
    "int8": _within(-(2**7), 2**7 - 1),
    "uint8": _within(0, 2**8 - 1),
    "int16": _within(-(2**15), 2**15 - 1),
    "uint16": _within(0, 2**16 - 1),
    "int32": _within(-(2**31), 2**31 - 1),
    "uint32": _within(0, 2**32 - 1),
    "int64": _within(-(2**63), 2**63 - 1),
    "uint64": _within(0, 2**64 - 1),
    "byte": _byte,
    "base64url": _base64url,
}
