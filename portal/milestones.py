"""The dates of a version as marks on a line: published, deprecated, sunset, retired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .times import days


class Dated(Protocol):
    """What has the dates of a version's life."""

    @property
    def state(self) -> str: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def deprecated_at(self) -> datetime | None: ...
    @property
    def sunset_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """`now` is the last mark that has passed; `countdown` says how far away the next one is."""

    word: str
    at: datetime | None
    past: bool
    now: bool = False
    countdown: str = ""


def marks(version: Dated, now: datetime, retired_at: datetime | None = None) -> tuple[Mark, ...]:
    """At least one mark; those that nobody has announced are left out."""
    if version.published_at is None:
        return (Mark("Draft", None, past=True, now=True),)
    dates = [("Published", version.published_at), ("Deprecated", version.deprecated_at)]
    if retired_at is None:
        dates.append(("Sunset", version.sunset_at))
    else:
        dates.append(("Retired", retired_at))
    known = [(word, at) for word, at in dates if at is not None]
    passed = max(index for index, (_, at) in enumerate(known) if at <= now or index == 0)
    return tuple(
        Mark(
            word,
            at,
            past=index <= passed,
            now=index == passed,
            countdown="" if index <= passed else countdown(at, now),
        )
        for index, (word, at) in enumerate(known)
    )


def countdown(until: datetime, now: datetime) -> str:
    """`in 12 days`, `today`, `3 days ago`."""
    left = days(until, now)
    if left == 0:
        return "today"
    amount = f"{abs(left):,} day{'' if abs(left) == 1 else 's'}"
    return f"in {amount}" if left > 0 else f"{amount} ago"
