"""How places and values are spelled in messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from linters.lint import javascript as js

_NUMERIC = re.compile(r"\d+(\.\d+)?")
# What JavaScript's encodeURIComponent leaves alone besides letters, digits, '_', '.', '-' and '~'.
_UNQUOTED = "!*'()"


def dotted(path: Sequence[str | int | float]) -> str:
    """`paths./pets[0].get`; keys with blanks and empty ones are bracketed. Pointer escapes are undone."""
    out = ""
    for part in path:
        text = _decoded(js.to_string(part))
        if not isinstance(part, str) or _NUMERIC.fullmatch(text):
            out += f"[{text}]"
        elif not text or re.search(r"\s", text):
            out += f"['{text}']"
        else:
            out += f".{text}" if out else text
    return out


def pointer(path: Sequence[str | int | float]) -> str:
    """A pointer for people: nothing is escaped."""
    return "#" + "".join("/" + _decoded(js.to_string(part)) for part in path)


def escaped_pointer(path: Sequence[str | int | float]) -> str:
    """A JSON Pointer in its URI fragment form (RFC 6901 §6)."""
    return "#" + "".join("/" + _encoded(js.to_string(part)) for part in path)


def _decoded(text: str) -> str:
    return text.replace("~1", "/").replace("~0", "~")


def _encoded(text: str) -> str:
    text = re.sub("~(?![01])", "~0", text).replace("/", "~1")
    return quote(text, safe=_UNQUOTED)


def brief(value: Any) -> str:
    """A value in a message: text in quotes, containers by their kind only."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return "Array[]"
    return "Object{}" if isinstance(value, dict) else js.to_string(value)


def subject(path: Sequence[str | int]) -> str:
    """What a message is about: `"x" property `, `Item at index 0 `, or, for the root, `The document `."""
    if not path:
        return "The document "
    last = path[-1]
    return f"Item at index {last} " if isinstance(last, int) else f'"{last}" property '
