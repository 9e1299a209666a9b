"""`then.field`: which parts of a match a function is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from contracts.pointers import Path

from .javascript import UNDEFINED
from .jsonpath import JsonPath, matches, parse

_PART = re.compile(
    r"""[^.\[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))"""
)


@dataclass(frozen=True, slots=True)
class Field:
    """A parsed field: nothing, `@key`, a JSONPath, or keys as lodash's `get` takes them."""

    text: str | None = None
    keys: Path = ()
    expression: JsonPath | None = None

    def targets(self, value: Any) -> Iterable[tuple[Path, Any]]:
        """What to ask about in a match, each with the way that leads to it.

        A scalar is asked about itself. What is missing is asked about once, as `UNDEFINED`.
        """
        if self.text is None or not isinstance(value, dict | list):
            return (((), value),)
        if self.text == "@key":
            names = value if isinstance(value, dict) else map(str, range(len(value)))
            found: list[tuple[Path, Any]] = [((_index(name, value),), name) for name in names]
        elif self.expression is not None:
            found = [(match.path, match.value) for match in matches(value, self.expression)]
        else:
            return ((self.keys, self._get(value)),)
        return found or (((), UNDEFINED),)

    def _get(self, value: Any) -> Any:
        if isinstance(value, dict) and self.text in value:
            return value[self.text]
        for key in self.keys:
            if isinstance(value, dict) and str(key) in value:
                value = value[str(key)]
            elif isinstance(value, list) and str(key).isdecimal() and int(key) < len(value):
                value = value[int(key)]
            elif isinstance(value, list) and key == "length":
                value = len(value)
            else:
                return UNDEFINED
        return value


def _index(name: str, value: Any) -> str | int:
    return name if isinstance(value, dict) else int(name)


def parse_field(text: str | None) -> Field:
    """Raises `ScriptError` for a broken JSONPath."""
    if text is None or text == "@key":
        return Field(text)
    if text.startswith("$"):
        # `$ref` is a key that begins like a JSONPath; what is missing is then asked about as behind a JSONPath.
        rooted = text if text[1:2] in ("", ".", "[") else f"$.{text}"
        return Field(text, expression=parse(rooted))
    return Field(text, keys=_keys(text))


def _keys(text: str) -> Path:
    """`a.b[0]["c.d"]` → a, b, 0, c.d."""
    keys: list[str | int] = [""] if text.startswith(".") else []
    for match in _PART.finditer(text):
        quoted = match[3]
        keys.append(match[1] or (re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match[0]))
    return tuple(keys)
