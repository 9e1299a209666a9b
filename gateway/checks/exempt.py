"""Places that an operator exempts from the search for what no contract declares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gateway.verdicts import Place


class Exempt:
    """`body/metadata`, `header/x-internal-*`, `body/**/extensions`: the place, then the names on the way.

    `*` stands for any characters of one name, `**` for any number of names. What lies below an exempt place is
    exempt too.
    """

    __slots__ = ("_pattern",)

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        texts = [_expression(pattern) for pattern in patterns]
        self._pattern = re.compile("|".join(texts), re.IGNORECASE) if texts else None

    def __call__(self, place: Place, pointer: str) -> bool:
        return self._pattern is not None and self._pattern.match(place + pointer) is not None


def _expression(pattern: str) -> str:
    place, *names = pattern.split("/")
    text = re.escape(place)
    for name in names:
        text += "(?:/[^/]*)*" if name == "**" else "/" + "[^/]*".join(map(re.escape, name.split("*")))
    return rf"(?:{text})(?=/|\Z)"
