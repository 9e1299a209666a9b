"""How answers are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from gateway.sharing import WhenAway

WhenUnknown: TypeAlias = Literal["refuse", "forward"]


@dataclass(frozen=True, slots=True)
class Keeping:
    """`age` in seconds. `entries` and `bytes` bound what this process keeps, `largest` a single answer, in bytes.

    `unknown`: what is done about a key whose call may or may not have been made. Without `redis` keys are this
    process's own.
    """

    age: float = 86400.0
    entries: int = 10_000
    bytes: int = 64 * 1024 * 1024
    largest: int = 256 * 1024
    unknown: WhenUnknown = "refuse"
    redis: str = field(default="", repr=False)
    when_away: WhenAway = "refuse"


USUAL = Keeping()
