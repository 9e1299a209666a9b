"""The audit's hash chain: each entry's hash covers the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry before it has its place in the chain."""

    action: str
    subject: str
    details: Mapping[str, Any]


def sealed(entry: Entry, previous: str, at: datetime, actor: str) -> dict[str, Any]:
    """The entry's row with its hash."""
    row = {
        "at": at,
        "actor": actor[:320],
        "action": entry.action,
        "subject": entry.subject[:500],
        "details": {key: value for key, value in entry.details.items() if value is not None},
        "previous": previous,
    }
    return {**row, "hash": seal(row)}


def seal(row: Mapping[str, Any]) -> str:
    """The hash of a row of the chain: over its canonical JSON, times in UTC to the microsecond."""
    covered = {key: row[key] for key in ("actor", "action", "subject", "details", "previous")}
    at: datetime = row["at"]
    covered["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), default=str)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
