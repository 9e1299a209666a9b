"""Paths of unknown endpoints, without what may be personal or secret in them."""

from __future__ import annotations

import re

from gateway.malformed import Malformed
from gateway.routes.paths import normalise
from gateway.verdicts import Request

_WORD = re.compile(r"[A-Za-z](?:[A-Za-z_.~-]{0,30})[0-9]{0,2}")
_VERSION = re.compile(r"v[0-9]+(?:\.[0-9]+)*")
_DEEPEST = 20


def is_word(segment: str) -> bool:
    """Whether a path segment reads like a name that a developer gave, rather than like data."""
    return _WORD.fullmatch(segment) is not None or _VERSION.fullmatch(segment) is not None


def template_of(request: Request) -> str:
    """The method, and the path with `{}` for every segment that may be data."""
    method = request.method if request.method.isalpha() else "?"
    try:
        path = normalise(request.path)
    except Malformed:
        return f"{method} (a malformed path)"
    segments = path.split("/")[1 : _DEEPEST + 1]
    return f"{method} /" + "/".join(held if held == "" or is_word(held) else "{}" for held in segments)
