"""How a recipe says which text becomes which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .edits import CannotFix
from .words import CASES, in_case

OPTIONS: dict[str, Any] = {
    "casing": {"enum": sorted(CASES)},
    "words": {"type": "string", "format": "regex"},
    "outside": {"type": "string", "format": "regex"},
    "replace": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
    },
}
"""`replace`: pairs of a pattern and what takes its place; the first pattern that is found counts. `casing`: the case
that the text gets, or each part of it that `words` matches. What matches `outside` is left alone by both."""


def changed(text: str, options: Mapping[str, Any]) -> str:
    """The other text. Raises `CannotFix` where it would be the same."""
    outside = options.get("outside")
    parts = re.split(f"({outside})", text) if outside is not None else [text]
    new = "".join(part if index % 2 else _part(part, options) for index, part in enumerate(parts))
    if new == text or not new:
        raise CannotFix("it is written like that already")
    return new


def _part(text: str, options: Mapping[str, Any]) -> str:
    for pattern, replacement in options.get("replace", ()):
        text, found = re.subn(pattern, replacement, text)
        if found:
            break
    if "casing" not in options or not text:
        return text
    case = options["casing"]
    if "words" not in options:
        return in_case(text, case)
    return re.sub(options["words"], lambda match: in_case(match[0], case), text)
