"""Values as text, in JSON and in both styles of YAML."""

from __future__ import annotations

import json as json_library
import re
from typing import Any

from contracts.scalars import resolve

from .edits import CannotFix

_SPECIAL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML has in double quotes only, and escaped (section 5.1)."""
_PLAIN = re.compile(rf"[A-Za-z0-9_/$.(^][^{_SPECIAL.pattern[1:-1]}]*").fullmatch
_NOT_PLAIN = re.compile(r": |:$| #|\s$").search
_IN_FLOW = re.compile(r"[][{},]").search
_OLD = re.compile(r"(?i:y|n|yes|no|on|off)|[-+]?[0-9][0-9_:.]*|\d{4}-\d\d?-\d\d?.*|0x[0-9a-f_]+").fullmatch
"""What readers of YAML 1.1 take for something else than text."""


def scalar(value: Any, *, like: str = "", flow: bool = False, json: bool = False) -> str:
    """A text, number, boolean or null; a text in the quotes of `like`, as far as they can hold it."""
    if not isinstance(value, str):
        if isinstance(value, dict | list):
            raise CannotFix("a single value stands where a collection should")
        return json_library.dumps(value)
    double = _SPECIAL.sub(_escaped, json_library.dumps(value, ensure_ascii=False))
    if json or like.startswith('"'):
        return double
    if not like.startswith("'") and _is_plain(value, flow):
        return value
    return double if _SPECIAL.search(value) else "'" + value.replace("'", "''") + "'"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _is_plain(text: str, flow: bool) -> bool:
    return (
        _PLAIN(text) is not None
        and _NOT_PLAIN(text) is None
        and not (flow and _IN_FLOW(text))
        and _OLD(text) is None
        and not text.startswith(("---", "..."))
        and isinstance(resolve(text), str)
    )


def inline(value: Any, *, json: bool = False) -> str:
    """A value on one line, inside brackets."""
    if isinstance(value, dict):
        members = (f"{scalar(k, flow=True, json=json)}: {inline(v, json=json)}" for k, v in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item, json=json) for item in value) + "]"
    return scalar(value, flow=True, json=json)


def member(key: str, value: Any, margin: str, step: str, newline: str) -> str:
    """A member of a block mapping, its first line without the margin."""
    name = scalar(key)
    if isinstance(value, dict | list) and value:
        return f"{name}:{newline}{margin}{step}{_block(value, margin + step, step, newline)}"
    return f"{name}: {inline(value) if isinstance(value, dict | list) else scalar(value)}"


def _block(value: Any, margin: str, step: str, newline: str) -> str:
    if isinstance(value, dict) and value:
        return (newline + margin).join(member(k, v, margin, step, newline) for k, v in value.items())
    if isinstance(value, list) and value:
        return (newline + margin).join("- " + _block(item, margin + "  ", step, newline) for item in value)
    return inline(value) if isinstance(value, dict | list) else scalar(value)


def json_member(key: str, value: Any, margin: str, step: str, newline: str) -> str:
    """A member of a JSON object that is written over several lines, its first line without the margin."""
    text = json_library.dumps(value, ensure_ascii=False, indent=step)
    return f"{json_library.dumps(key, ensure_ascii=False)}: " + text.replace("\n", newline + margin)
