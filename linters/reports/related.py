"""Which reference led a rule to a place: what a person changes may stand far from what they know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contracts.document import Document
from contracts.pointers import Path
from linters.lint import Finding

from .attachments import Related


def references_to(findings: Iterable[Finding], root: Document) -> dict[Finding, Related]:
    """For each finding that was reached through references, the first of them: it is written in `root`."""
    places: dict[Path, Related | None] = {}
    found = {}
    for finding in findings:
        if finding.reached is None:
            continue
        path = _first_reference(root.value, finding.reached)
        if path is None:
            continue
        if path not in places:
            place = root.exact_range(path)
            places[path] = None if place is None else Related(root.source, place, path)
        related = places[path]
        if related is not None:
            found[finding] = related
    return found


def _first_reference(value: Any, way: Path) -> Path | None:
    """The path of the first `$ref` on the way, which goes on in what the reference names."""
    for depth, part in enumerate(way):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str) and part != "$ref":
            return (*way[:depth], "$ref")
        try:
            value = value[int(part)] if isinstance(value, list) else value[part]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    # The way may end at the reference itself: what it names is meant.
    return (*way, "$ref") if isinstance(value, dict) and isinstance(value.get("$ref"), str) else None
