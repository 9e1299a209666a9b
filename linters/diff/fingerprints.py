"""Fingerprints of changes: the same change in the next run, wherever its lines have moved.

What goes in is what a person agrees to when letting a change pass: its id, the operations that it touches, the
element, and what the element was and is. Lines, files, verdicts and sentences are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from contracts.model import Origin
from contracts.pointers import Path
from contracts.references import DocumentSet

from .verdicts import Change

CONTENT = "content"
"""Among a change's figures: a digest of what stands there, where the other figures do not tell it."""
_POSITION = "at"
_TEXTS = frozenset({"title", "summary", "description", "$comment", "example", "examples", "externalDocs"})
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})
"""Keywords whose members have names of the contract's own, which may read like keywords."""
_VALUES = frozenset({"const", "enum", "default"})
_UNTOLD = frozenset({
    "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "contains", "prefixItems", "propertyNames",
    "patternProperties", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems", "bindings",
})  # fmt: skip
"""Keywords of whose changes the figures tell a position or a name, and not what was there."""


def fingerprinted(changes: Iterable[Change]) -> Iterator[Change]:
    """Each change with its fingerprint, 32 hexadecimal digits.

    Changes that are alike in all of it are numbered, so that no fingerprint stands for two of them.
    """
    seen: Counter[str] = Counter()
    for one in changes:
        told = _told(one)
        seen[told] += 1
        yield replace(one, fingerprint=_digest(f"{told}\0{seen[told]}" if seen[told] > 1 else told))


def content(
    places: tuple[Origin | None, Origin | None], sides: tuple[DocumentSet, DocumentSet]
) -> str | None:
    """A digest of what is written on both sides, where the figures of a change there do not tell it."""
    if not any(one is not None and _UNTOLD.intersection(map(str, one.path[-2:])) for one in places):
        return None
    written = [
        None if origin is None else _value(side, origin) for side, origin in zip(sides, places, strict=True)
    ]
    return _digest(_canonical([_without_texts(one) for one in written]))


def _told(one: Change) -> str:
    figures = {key: value for key, value in one.data.items() if key != _POSITION and value is not None}
    return _canonical([one.id, sorted(one.operations), one.operation, one.path, figures])


def _value(side: DocumentSet, origin: Origin) -> Any:
    value: Any = side.documents.get(origin.source, side.root).value
    path: Path = origin.path
    for key in path:
        try:
            value = value[key]
        except (LookupError, TypeError):
            return None
    return value


def _without_texts(value: Any) -> Any:
    """A schema without what is written for people: another wording is no other change."""
    if isinstance(value, list):
        return [_without_texts(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, one in value.items():
        if key in _VALUES:
            kept[key] = one
        elif key in _NAMED and isinstance(one, dict):
            kept[key] = {name: _without_texts(schema) for name, schema in one.items()}
        elif key not in _TEXTS:
            kept[key] = _without_texts(one)
    return kept


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
