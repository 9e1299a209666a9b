"""Waivers: a finding or a change that may pass for a time, because somebody asked and somebody else granted it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class WaiverState(StrEnum):
    """`expired` is what a granted one becomes after its last day; nobody writes it."""

    REQUESTED = "requested"
    GRANTED = "granted"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Waiver:
    """`rule` and `change`: one of them is given, a code or area of codes, or the fingerprint of a change.

    `pointer` and `fingerprint` narrow a rule to the findings at a node, or to one. `until` is the last day on
    which it counts. `decision` is the reason of whoever decided. `used_at` is when a version was last stored
    that needed it, `unused_in` the latest version if that one did not.
    """

    id: int
    contract: str
    rule: str | None
    change: str | None
    pointer: str | None
    fingerprint: str | None
    reason: str
    until: date
    state: WaiverState
    requested_by: str
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision: str
    used_at: datetime | None
    unused_in: str | None

    @property
    def subject(self) -> str:
        """What it is about, for people and lists."""
        return self.rule or f"change {self.change}"

    @property
    def domain(self) -> str:
        return self.contract.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for; the fields are those of `Waiver`."""

    contract: str
    reason: str
    until: date
    rule: str | None = None
    change: str | None = None
    pointer: str | None = None
    fingerprint: str | None = None
