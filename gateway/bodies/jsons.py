"""JSON (RFC 8259), read so that no two readers can disagree about it."""

from __future__ import annotations

from typing import Any

import jiter
import orjson

from gateway.malformed import Malformed

_CODES = (
    (
        "duplicate key",
        "duplicate-key",
        "a member is given twice, and readers disagree about which one counts",
    ),
    ("recursion limit", "too-deep", "it is nested more than 200 levels deep"),
    ("trailing characters", "trailing-bytes", "something follows the JSON value"),
    ("EOF while", "syntax", "it ends too early"),
    ("hex escape", "surrogate", "a string holds a lone surrogate or a broken escape"),
    ("unicode", "encoding", "it is not UTF-8"),
)


_DEPTH = 200
"""Levels of nesting; jiter's own bound, which lets an empty list or object be one deeper."""
_WRITTEN = 254
"""Levels that orjson writes."""


def parse_json(raw: bytes) -> Any:
    """The value of a JSON text.

    Duplicate names, NaN and Infinity, lone surrogates, bytes after the value and nesting beyond 200 levels
    raise `Malformed`. Integers keep every digit.
    """
    # Most senders write without blanks. What orjson writes back byte for byte holds no name twice and no number
    # that it could not hold, and that is known in half the time that a search for duplicates takes.
    head = raw[:80]
    if b": " not in head and b"\n" not in head:
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            value = _NOTHING  # jiter says better what is wrong
        if value is not _NOTHING and _is_written_as(value, raw):
            return value
    try:
        return jiter.from_json(raw, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError as error:
        raise _malformed(str(error)) from None


_NOTHING = object()


def _is_written_as(value: Any, raw: bytes) -> bool:
    """Whether a value of at most 200 levels is written as `raw`; what is deeper is left to jiter to refuse."""
    if raw.count(b"{") + raw.count(b"[") <= _DEPTH:
        return orjson.dumps(value) == raw
    around = _WRITTEN - _DEPTH
    for _ in range(around):
        value = [value]
    try:
        return orjson.dumps(value)[around:-around] == raw
    except orjson.JSONEncodeError:
        return False


def _malformed(text: str) -> Malformed:
    _, _, place = text.rpartition(" at ")
    for sign, code, message in _CODES:
        if sign.lower() in text.lower():
            return Malformed(f"{message} ({place})", code)
    return Malformed(f"it is not JSON ({place})", "syntax")
