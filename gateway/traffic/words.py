"""Paths of unknown endpoints, without what may be personal or secret in them."""

from __future__ import annotations

import re
from itertools import pairwise

from gateway.malformed import Malformed
from gateway.routes.paths import normalise
from gateway.verdicts import Request

_WORD = re.compile(r"[A-Za-z](?:[A-Za-z_.~-]{0,30})[0-9]{0,2}")
_VERSION = re.compile(r"v[0-9]+(?:\.[0-9]+)*")
_DATA = re.compile(r"\d{2}|^[0-9a-fA-F]{8,}$")
_LETTERS = 12
"""Of so many letters in changing case a word is expected to hold its case for a while, as `orderLineItems` does."""
_DEEPEST = 20


def is_word(segment: str) -> bool:
    """Whether a path segment reads like a name that a developer gave, rather than like data."""
    return _WORD.fullmatch(segment) is not None or _VERSION.fullmatch(segment) is not None


def is_name(segment: str) -> bool:
    """The same, without what is as long, numbered or mixed as tokens are."""
    if not is_word(segment) or _DATA.search(segment):
        return False
    changes = sum(
        one.islower() != other.islower() for one, other in pairwise(segment) if (one + other).isalpha()
    )
    return len(segment) < _LETTERS or changes <= 1 + len(segment) // 3


def template_of(request: Request) -> str:
    """The method, and the path with `{}` for every segment that may be data."""
    method = request.method if request.method.isalpha() else "?"
    try:
        path = normalise(request.path)
    except Malformed:
        return f"{method} (a malformed path)"
    segments = path.split("/")[1 : _DEEPEST + 1]
    return f"{method} /" + "/".join(held if held == "" or is_name(held) else "{}" for held in segments)
