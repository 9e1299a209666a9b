"""A file of waivers: a list, each with who asked, who granted it, why, and until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from contracts.document import Document, parse
from contracts.errors import ContractError
from contracts.limits import DEFAULT, Limits
from contracts.pointers import Path, from_pointer, to_pointer
from linters.lint.globs import glob

from .entries import CODE, Waiver, day

REQUIRED = ("rule", "reason", "owner", "approver", "until")
OPTIONAL = ("file", "pointer", "fingerprint")
MOST_WAIVERS = 10_000
MOST_CHARACTERS = 2_000
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


class BrokenWaivers(ContractError):
    """A file of waivers that is not understood: then none of it counts, and nothing is judged by it."""


def read_waivers(content: bytes, source: str, *, limits: Limits = DEFAULT) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises `BrokenWaivers` or another `ContractError`, with the line."""
    document = parse(content, source, limits=limits)
    if not isinstance(document.value, list):
        raise _broken(document, (), "A file of waivers is a list of them.")
    if len(document.value) > MOST_WAIVERS:
        raise _broken(document, (), f"There are more than {MOST_WAIVERS:,} waivers.")
    return tuple(_waiver(document, (index,), one) for index, one in enumerate(document.value))


def _waiver(document: Document, path: Path, one: Any) -> Waiver:
    if not isinstance(one, Mapping):
        raise _broken(document, path, f"A waiver is a mapping with {', '.join(REQUIRED)}.")
    for key in one:
        if key not in (*REQUIRED, *OPTIONAL):
            raise _broken(document, (*path, key), f"A waiver has no '{key}'.")
    texts = {key: _text(document, path, one, key) for key in (*REQUIRED, *OPTIONAL)}
    if not CODE.fullmatch(texts["rule"] or ""):
        raise _broken(
            document, (*path, "rule"), "A waiver names one rule by its code, or an area like naming-*."
        )
    until = day(texts["until"])
    if until is None:
        raise _broken(document, (*path, "until"), f"'{texts['until']}' is no day (RFC 3339).")
    fingerprint = texts["fingerprint"]
    if fingerprint is not None and not _FINGERPRINT.fullmatch(fingerprint):
        raise _broken(document, (*path, "fingerprint"), "A fingerprint has 32 hexadecimal digits.")
    return Waiver(
        texts["rule"] or "",
        texts["reason"] or "",
        until,
        document.source,
        path,
        document.range(path),
        owner=texts["owner"] or "",
        approver=texts["approver"] or "",
        file=_pattern(document, path, texts["file"]),
        pointer=_pointer(document, path, texts["pointer"]),
        fingerprint=fingerprint,
    )


def _text(document: Document, path: Path, one: Mapping[str, Any], key: str) -> str | None:
    if key not in one:
        if key in REQUIRED:
            raise _broken(document, path, f"The waiver has no '{key}'.")
        return None
    value = one[key]
    if not isinstance(value, str) or (not value.strip() and key != "pointer"):
        raise _broken(document, (*path, key), f"'{key}' is a text that says something.")
    if len(value) > MOST_CHARACTERS:
        raise _broken(document, (*path, key), f"'{key}' is longer than {MOST_CHARACTERS:,} characters.")
    return value.strip()


def _pattern(document: Document, path: Path, pattern: str | None) -> str | None:
    try:
        if pattern is not None:
            glob(pattern)
    except re.error:
        raise _broken(document, (*path, "file"), f"'{pattern}' is no pattern of files.") from None
    return pattern


def _pointer(document: Document, path: Path, pointer: str | None) -> Path | None:
    try:
        return None if pointer is None else from_pointer(pointer)
    except ValueError:
        message = f"'{pointer}' is no JSON Pointer (RFC 6901), like /paths/~1orders/get."
        raise _broken(document, (*path, "pointer"), message) from None


def _broken(document: Document, path: Path, message: str) -> BrokenWaivers:
    start = document.range(path).start
    line = document.line(path)
    return BrokenWaivers(
        "waivers-broken",
        message,
        document.source,
        line,
        start.character + 1 if start.line + 1 == line else None,
        to_pointer(path) or None,
        "Mend it; until then none of the waivers counts.",
    )
