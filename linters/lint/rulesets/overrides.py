"""`overrides`: which of them apply to a file, and what they make of the ruleset."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from contracts.pointers import Path, to_pointer
from linters.lint.severity import Severity

from .model import Override


def matching(
    overrides: Iterable[Override], name: str, ruleset: str
) -> tuple[tuple[int, ...], tuple[tuple[int, str, str], ...]]:
    """The numbers of the overrides that apply to the file `name`, and those that apply to places in it.

    The latter with their file pattern and JSON Pointer. Patterns are relative to the ruleset's folder.
    """
    whole: list[int] = []
    places: list[tuple[int, str, str]] = []
    relative = posixpath.relpath(name, posixpath.dirname(ruleset) or ".") if name else ""
    for number, override in enumerate(overrides):
        for pattern in override.files:
            file, hash_sign, pointer = pattern.partition("#")
            if not relative or not _glob(file).fullmatch(relative):
                continue
            if hash_sign:
                places.append((number, file, pointer))
            elif number not in whole:
                whole.append(number)
    return tuple(whole), tuple(places)


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> re.Pattern[str]:
    """A glob as minimatch reads it with `matchBase`: without a slash it is about the file's name alone."""
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


def layered(base: Mapping[str, Any], override: Mapping[str, Any]) -> dict[str, Any]:
    """The definition of a ruleset with an override on top: its rules change those that are there."""
    merged = {**base, **override}
    merged["aliases"] = {**base.get("aliases", {}), **override.get("aliases", {})}
    if not merged["aliases"]:
        del merged["aliases"]
    beneath = {key: value for key, value in base.items() if key != "overrides"}
    merged["extends"] = [beneath, *_listed(override.get("extends"))]
    merged["rules"] = dict(override.get("rules", {}))
    return merged


def _listed(extends: Any) -> list[Any]:
    if extends is None:
        return []
    return list(extends) if isinstance(extends, list) else [extends]


def severity_at(
    severity: Severity | None, pointers: tuple[tuple[str, str, Severity | None], ...], path: Path
) -> Severity | None:
    """A rule's severity at a place: that of the longest pointer above it, of equals the last one."""
    if not pointers:
        return severity
    place, longest = to_pointer(path), -1
    for _, pointer, other in pointers:
        above = pointer.rstrip("/")
        if (place == above or place.startswith(above + "/")) and len(above) >= longest:
            severity, longest = other, len(above)
    return severity
