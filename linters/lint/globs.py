"""Patterns of file names, as rulesets write them."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=1024)
def glob(pattern: str) -> re.Pattern[str]:
    """A glob as minimatch reads it with `matchBase`: without a slash it is about the file's name alone.

    Raises `re.error` for one whose brackets hold no class.
    """
    prefix = "(?:.*/)?" if "/" not in pattern else ""
    return re.compile(prefix + _translated(pattern.removeprefix("./")))


def _translated(pattern: str) -> str:
    out, at = "", 0
    while at < len(pattern):
        character = pattern[at]
        if pattern.startswith("**/", at):
            out, at = out + "(?:[^/]+/)*", at + 3
        elif pattern.startswith("**", at):
            out, at = out + ".*", at + 2
        elif character == "{" and (end := pattern.find("}", at)) > 0:
            parts = pattern[at + 1 : end].split(",")
            out, at = out + f"(?:{'|'.join(_translated(part) for part in parts)})", end + 1
        elif character == "[" and (end := pattern.find("]", at + 2)) > 0:
            inner = pattern[at + 1 : end].replace("\\", r"\\")
            out, at = out + f"[{'^' + inner[1:] if inner[0] == '!' else inner}]", end + 1
        else:
            out, at = out + {"*": "[^/]*", "?": "[^/]"}.get(character, re.escape(character)), at + 1
    return out
