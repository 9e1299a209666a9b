"""What every format says in the same words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from linters.diff.proof.outcome import NOTHING
from linters.diff.verdicts import Change, Comparison

LONGEST = 200
"""Witnesses longer than this are cut."""


def summary(comparison: Comparison) -> str:
    """`3 breaking, 1 unknown, 12 safe changes`, or `Nothing changed`."""
    if comparison.verdict == "unchanged":
        return "Nothing changed"
    parts = [f"{count} {verdict}" for verdict, count in comparison.counts.items() if count]
    return ", ".join(parts) + (" change" if len(comparison.changes) == 1 else " changes")


def groups(comparison: Comparison, *, safe: bool) -> Iterator[tuple[str, str, list[Change]]]:
    """Changes by verdict and operation, the gravest first; safe ones only where they are wanted."""
    wanted = [change for change in comparison.changes if safe or change.verdict != "safe"]
    for (verdict, operation), found in groupby(wanted, key=lambda one: (one.verdict, one.operation or "")):
        yield verdict, operation or "the contract", list(found)


def lines(change: Change) -> str:
    """`line 41 → 44`, or the one side that there is."""
    base = change.base and change.base.line
    revision = change.revision and change.revision.line
    if base and revision:
        return f"line {base} → {revision}"
    return f"line {base} → gone" if base else f"new at line {revision}" if revision else ""


def witness(change: Change) -> str | None:
    """A sentence with the witness as compact JSON; None where there is none."""
    if change.witness is NOTHING:
        return None
    shown = json.dumps(change.witness, ensure_ascii=False, separators=(",", ":"))
    shown = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
    if change.accepted_by == "base":
        return f"the base takes {shown}, the revision refuses it"
    return f"the revision may hold {shown}, the base excludes it"


def others(change: Change) -> str:
    """How many further operations share the change."""
    count = len(change.operations) - 1
    return "" if count < 1 else f"also in {count} other operation{'' if count == 1 else 's'}"
