"""Who would be cut off if a version ended now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Dependent:
    """A consumer that is served by a version. `consumer` is None for all callers without a key.

    `calls` are those that were answered lately, `last_at` is the latest of them, None for a subscriber that did not
    call.
    """

    consumer: str | None
    subscribed: bool
    calls: int = 0
    last_at: datetime | None = None
    environments: tuple[str, ...] = ()

    def __str__(self) -> str:
        who = self.consumer or "callers without a key"
        if self.last_at is None:
            return f"{who} subscribes to it"
        return f"{who} called it last on {self.last_at:%Y-%m-%d}"


def told(dependents: Sequence[Dependent]) -> str:
    """The first of them in words, and how many more there are."""
    named = [str(each) for each in dependents[:_NAMED]]
    if more := len(dependents) - len(named):
        return f"{', '.join(named)}, and {more:,} more"
    return ", and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
