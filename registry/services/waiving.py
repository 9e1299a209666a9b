"""Recorded waivers as the gate's entries, and back: which of them a decision needed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.pointers import from_pointer
from contracts.positions import NOWHERE
from linters import suppression
from linters.gate import Approval, GateResult
from registry.domain.waivers import Waiver, WaiverState

PLACE = "waivers/"
"""What a waiver is said to be written in: its address, in the API and in the portal."""
_UNUSED = frozenset({"waiver-unused", "waiver-unknown-rule"})


@dataclass(frozen=True, slots=True)
class Use:
    """Numbers of waivers in force that a decision needed, and of those that covered nothing."""

    used: frozenset[int] = frozenset()
    unused: frozenset[int] = frozenset()


NONE = Use()


def of_findings(waivers: Iterable[Waiver]) -> tuple[suppression.Waiver, ...]:
    """Those about a rule. Of whether they have ended the gate takes its own view."""
    return tuple(
        suppression.Waiver(
            one.rule,
            one.reason,
            one.until,
            _place(one),
            (),
            NOWHERE,
            owner=one.requested_by,
            approver=one.decided_by or "",
            pointer=None if one.pointer is None else from_pointer(one.pointer),
            fingerprint=one.fingerprint,
            recorded=True,
        )
        for one in waivers
        if one.rule is not None
    )


def of_changes(waivers: Iterable[Waiver]) -> tuple[Approval, ...]:
    """Those about a change."""
    return tuple(
        Approval(one.change, one.reason, one.decided_by or "", one.until, _place(one))
        for one in waivers
        if one.change is not None
    )


def use(result: GateResult, waivers: Iterable[Waiver]) -> Use:
    """What a decision made of the waivers that it was handed."""
    spoke = {one.entry for one in result.suppressed} | {one.source for one in result.approved}
    told = {one.source for one in result.findings if one.code in _UNUSED}
    in_force = [one for one in waivers if one.state is WaiverState.GRANTED]
    used = {one.id for one in in_force if _place(one) in spoke}
    idle = {one.id for one in in_force if _place(one) in told or one.change is not None}
    return Use(frozenset(used), frozenset(idle - used))


def _place(one: Waiver) -> str:
    return f"{PLACE}{one.id}"
