"""Formats: which contain which, a checker for the ones that can be checked, and examples of each."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from jsonschema import FormatChecker

WIDER = {
    "int32": ("int64",),
    "float": ("double",),
    "date": (),
    "email": ("idn-email",),
    "hostname": ("idn-hostname",),
    "uri": ("uri-reference", "iri", "iri-reference"),
    "uri-reference": ("iri-reference",),
    "iri": ("iri-reference",),
}
"""Formats whose every value is also one of the named (OpenAPI format registry; RFC 3986, 3987, 6531)."""

EXAMPLES = {
    "date": "2000-01-01",
    "date-time": "2000-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "duration": "P1D",
    "email": "a@b.co",
    "idn-email": "ä@b.co",
    "hostname": "b.co",
    "idn-hostname": "ä.co",
    "ipv4": "127.0.0.1",
    "ipv6": "::1",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "http://b.co/",
    "uri-reference": "a",
    "iri": "http://ä.co/",
    "iri-reference": "ä",
    "uri-template": "/{a}",
    "json-pointer": "/a",
    "regex": "a",
    "byte": "YQ==",
}
"""One text of each format."""

NUMBERS: dict[str, tuple[float, float]] = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}
"""Bounds that a numeric format sets (OpenAPI 3.0.3, section 4.4; format registry)."""

OWN = frozenset((*NUMBERS, "byte"))
"""Formats that only the checker below knows; the fast validator lets everything pass for them."""

CHECKER = FormatChecker()
"""jsonschema's own checks and the ones below."""

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_REFERENCE = re.compile(r"[^\s<>\"{}|\\^`]*")
_HOST = re.compile(
    r"(?=.{1,253}\Z)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_DURATION = re.compile(r"P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-][01]\d:[0-5]\d)")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")


def _matches(pattern: re.Pattern[str], *, ascii_only: bool = True) -> Any:
    def check(value: object) -> bool:
        if not isinstance(value, str):
            return True
        return pattern.fullmatch(value) is not None and (value.isascii() or not ascii_only)

    return check


def _within(low: float, high: float) -> Any:
    def check(value: object) -> bool:
        return isinstance(value, bool) or not isinstance(value, int | float) or low <= value <= high

    return check


def _is_base64(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


for _name, _check in {
    "uri": _matches(_URI),
    "iri": _matches(_URI, ascii_only=False),
    "uri-reference": _matches(_REFERENCE),
    "iri-reference": _matches(_REFERENCE, ascii_only=False),
    "hostname": _matches(_HOST),
    "duration": _matches(_DURATION),
    "date-time": _matches(_DATE_TIME),
    "time": _matches(_TIME),
    "byte": _is_base64,
}.items():
    CHECKER.checks(_name)(_check)
for _name, (_low, _high) in NUMBERS.items():
    CHECKER.checks(_name)(_within(_low, _high))


def contained(inner: str, outer: str) -> bool:
    """Whether every value of the one format is certainly one of the other."""
    return inner == outer or outer in WIDER.get(inner, ())


def restricts(name: str) -> bool:
    """Whether the checker knows the format; one that it does not know restricts nothing that we could show."""
    return name in CHECKER.checkers
