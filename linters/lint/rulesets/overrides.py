"""`overrides`: which of them apply to a file, and what they make of the ruleset."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import Any

from contracts.pointers import Path, to_pointer
from linters.lint.globs import glob
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
            if not relative or not glob(file).fullmatch(relative):
                continue
            if hash_sign:
                places.append((number, file, pointer))
            elif number not in whole:
                whole.append(number)
    return tuple(whole), tuple(places)


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
