"""Plain YAML scalars by the core schema of YAML 1.2 (§10.3.2).

`no`, `on`, `12:30` and `2026-01-31` are text here, as API descriptions mean them; PyYAML's own resolver
follows YAML 1.1 and makes booleans, base-60 integers and dates of them.
"""

from __future__ import annotations

import re
from typing import Any

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]+\Z").match
_OCTAL = re.compile(r"0o[0-7]+\Z").match
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z").match
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z").match
_INFINITY = re.compile(r"[-+]?\.(inf|Inf|INF)\Z").match
_NAN = frozenset({".nan", ".NaN", ".NAN"})

# The first characters of everything that is not text; all other plain scalars need no closer look.
_SUSPECT = frozenset("~nNtTfF+-.0123456789")
# Python refuses to convert longer digit strings by default, as the conversion is quadratic.
_LONGEST_INTEGER = 1_000


def resolve(text: str) -> Any:
    """The value of a plain scalar: None, bool, int, float, or the text itself."""
    if text and text[0] not in _SUSPECT:
        return text
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    return _number(text)


def _number(text: str) -> Any:
    if _INTEGER(text):
        return int(text) if len(text) <= _LONGEST_INTEGER else text
    if _FLOAT(text):
        return float(text)
    if _OCTAL(text):
        return int(text[2:], 8)
    if _HEXADECIMAL(text):
        return int(text[2:], 16) if len(text) <= _LONGEST_INTEGER else text
    if _INFINITY(text):
        return float("-inf") if text[0] == "-" else float("inf")
    if text in _NAN:
        return float("nan")
    return text
