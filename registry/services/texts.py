"""Free text on its way into the database: what no database takes is replaced, and length is bounded."""

from __future__ import annotations

from typing import Any


def clean(text: str, longest: int) -> str:
    """Without NUL and half surrogates, which PostgreSQL and UTF-8 refuse, and no longer than `longest` characters."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def cleaned(value: Any) -> Any:
    """The same for every text inside a JSON value; lengths stay."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {cleaned(key): cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(part) for part in value]
    return value
