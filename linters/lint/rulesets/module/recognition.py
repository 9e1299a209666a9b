"""Which rulesets are modules."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_DATA = (".json", ".yaml", ".yml")
_BEGINS = re.compile(rb"\s*(?://|/\*|import\b|export\b|const\b|module\.exports|[\"']use strict)")


def is_module(name: str, content: bytes = b"") -> bool:
    """Whether a ruleset is a module: by its name, and, where that says nothing, by how it begins."""
    path = urlsplit(name).path if "://" in name else name
    if path.endswith(_SUFFIXES):
        return True
    return bool(path) and not path.endswith(_DATA) and _BEGINS.match(content) is not None
