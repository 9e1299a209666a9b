"""Versions in their order, of one kind at a time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cmp_to_key

from contracts.errors import ContractError

from .calendars import Calendar
from .versions import Number, is_earlier


def newest_first(versions: Iterable[str]) -> list[str]:
    """Raises `ContractError` for what is neither a number nor a date, or where there are both."""
    found = list(dict.fromkeys(versions))
    kinds = {
        "date" if Calendar.read(one) else "number" if Number.read(one) else one or "nothing" for one in found
    }
    if kinds - {"date"} and kinds - {"number"}:
        raise ContractError(
            "versions-unordered",
            f"Which version came first cannot be told: there are {', '.join(sorted(found)[:6])}.",
            advice="Name the base and the earlier versions one by one.",
        )
    return sorted(found, key=cmp_to_key(_newer))


def _newer(one: str, other: str) -> int:
    return is_earlier(one, other) - is_earlier(other, one)
