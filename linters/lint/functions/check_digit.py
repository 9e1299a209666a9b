"""`checkDigit`: a number ends in the check digit that its digits demand.

A function of Lading's. `gs1` is modulo 10 with the weights 3 and 1 from the right (GTIN, GLN, SSCC; GS1 General
Specifications, section 7.9). `iso6346` is modulo 11 over owner code, category and serial number of a container
(ISO 6346, annex A). A text of another form is left to rules about its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

_GS1 = re.compile(r"\d{8}|\d{12,14}|\d{18}", re.ASCII)
_CONTAINER = re.compile(r"[A-Z]{3}[UJZ]\d{7}", re.ASCII)
# Letters count from 10 upward and skip the multiples of 11.
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))


def _gs1(text: str) -> int | None:
    if _GS1.fullmatch(text) is None:
        return None
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(text[:-1])))
    return -total % 10


def _iso6346(text: str) -> int | None:
    if _CONTAINER.fullmatch(text) is None:
        return None
    values = (_LETTERS[sign] if sign.isalpha() else int(sign) for sign in text[:-1])
    return sum(value << place for place, value in enumerate(values)) % 11 % 10


_SCHEMES: Mapping[str, Callable[[str], int | None]] = {"gs1": _gs1, "iso6346": _iso6346}


def _prepare(options: Mapping[str, Any]) -> Check:
    digit_of = _SCHEMES[options["scheme"]]

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        digit = digit_of(target) if isinstance(target, str) else None
        if digit is None or target.endswith(str(digit)):
            return ()
        return (Problem(f"`{target}` ends in {target[-1]}, its check digit is {digit}."),)

    return check


FUNCTION = Function(
    "checkDigit",
    {
        "type": "object",
        "properties": {"scheme": {"enum": list(_SCHEMES)}},
        "required": ["scheme"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
