"""JSON that is safe to look at: readable as UTF-8, but for what acts on a terminal or a log viewer."""

from __future__ import annotations

import json
import re
from typing import Any

# Python escapes the controls below U+0020 itself. Outside of strings JSON has none of these characters.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON. Controls, line and direction marks and halves of surrogate pairs are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
