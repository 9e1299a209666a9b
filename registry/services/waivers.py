"""Waivers: who asks for one, who grants or refuses it, and which of them the gate counts.

Owners ask for contracts of their domain; architects of the domain decide, and nobody about their own request.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from contracts.pointers import from_pointer
from linters.suppression.entries import CODE
from registry.domain import names
from registry.domain.access import Scope
from registry.domain.errors import Conflict, Forbidden, Invalid, NotFound
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.domain.waivers import Request, Waiver, WaiverState
from registry.store.tables import GateRunRow, WaiverRow

from . import contracts
from .texts import clean
from .unit import Context
from .waiving import Use

LONGEST = 2_000
"""Characters of a reason."""
MOST_OPEN = 500
"""Waivers of one contract that wait or count; each costs every gate run a little."""
TOLD_FOR = timedelta(days=90)
"""How long after its last day a waiver is still told of where it is missed."""
MOST_WAITING = 200
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


def request(context: Context, asked: Request, *, longest: timedelta) -> Waiver:
    """Asks for a waiver, which lets nothing pass before it is granted. `longest` bounds how far its last day lies.

    Raises `NotFound` for a contract that nobody has published or proposed, `Conflict` for what was asked already.
    """
    contract = "/".join(names.split(asked.contract))
    context.actor.require(Scope.CONTRACTS_WRITE, contract.partition("/")[0])
    _check_subject(asked)
    reason = _reason(asked.reason)
    _check_day(asked.until, context.now.date(), longest)
    _require_known(context, contract)
    _require_new(context, contract, asked)
    row = WaiverRow(
        contract=contract,
        rule=asked.rule,
        change=asked.change,
        pointer=asked.pointer,
        fingerprint=asked.fingerprint,
        reason=reason,
        until=asked.until,
        state=WaiverState.REQUESTED,
        requested_by=context.actor.name,
        requested_at=context.now,
        decision="",
    )
    context.session.add(row)
    context.session.flush()
    context.record(
        "waiver.requested",
        contract,
        waiver=row.id,
        about=asked.rule or asked.change,
        until=str(asked.until),
    )
    return _waiver(row, context.now.date())


def get(context: Context, number: int) -> Waiver:
    """Raises `NotFound`."""
    return _waiver(_row(context, number), context.now.date())


def browse(
    context: Context,
    *,
    contract: str | None = None,
    state: str | None = None,
    rule: str | None = None,
    after: str | None = None,
    limit: int = USUAL,
) -> Page[Waiver]:
    """The newest first."""
    today = context.now.date()
    query = select(WaiverRow).order_by(WaiverRow.id.desc())
    if contract is not None:
        query = query.where(WaiverRow.contract == contract)
    if rule is not None:
        query = query.where(WaiverRow.rule == rule)
    if state is not None:
        query = query.where(*_in_state(state, today))
    if key := read_cursor(after, int):
        query = query.where(WaiverRow.id < key[0])
    limit = bounded(limit)
    rows = context.session.scalars(query.limit(limit + 1)).all()
    page = tuple(_waiver(row, today) for row in rows[:limit])
    return Page(page, cursor(page[-1].id) if len(rows) > limit else None)


def waiting(context: Context) -> tuple[Waiver, ...]:
    """What waits for a decision that this actor may make, the oldest first, `MOST_WAITING` of all at most."""
    if not context.actor.may_anywhere(Scope.WAIVERS_DECIDE):
        return ()
    today = context.now.date()
    query = select(WaiverRow).where(*_in_state(WaiverState.REQUESTED, today)).order_by(WaiverRow.id)
    found = (_waiver(row, today) for row in context.session.scalars(query.limit(MOST_WAITING)))
    return tuple(one for one in found if may_decide(context, one))


def may_decide(context: Context, waiver: Waiver) -> bool:
    """Whether this actor may grant it: by their role, and because they did not ask for it."""
    return waiver.requested_by != context.actor.name and context.actor.may(
        Scope.WAIVERS_DECIDE, waiver.domain
    )


def grant(context: Context, number: int, *, reason: str) -> Waiver:
    """From now until its last day the gate counts it. Raises `Forbidden` for whoever asked for it."""
    return _decide(context, number, WaiverState.GRANTED, reason)


def refuse(context: Context, number: int, *, reason: str) -> Waiver:
    """What was asked for goes on failing."""
    return _decide(context, number, WaiverState.REFUSED, reason)


def withdraw(context: Context, number: int, *, reason: str) -> Waiver:
    """Takes back what was asked for or granted; what it let pass fails again."""
    row = _row(context, number, locked=True)
    context.actor.require(Scope.CONTRACTS_WRITE, row.contract.partition("/")[0])
    if row.state == WaiverState.REFUSED:
        raise Conflict("waiver-decided", f"Waiver {number} was refused.", "There is nothing to take back.")
    return _write(context, row, WaiverState.WITHDRAWN, reason)


def counting(context: Context, contract: str) -> tuple[Waiver, ...]:
    """The granted waivers of a contract that the gate is handed: those in force, and those that ended lately."""
    today = context.now.date()
    query = (
        select(WaiverRow)
        .where(
            WaiverRow.contract == contract,
            WaiverRow.state == WaiverState.GRANTED,
            WaiverRow.until >= today - TOLD_FOR,
        )
        .order_by(WaiverRow.until.desc(), WaiverRow.id)
        .limit(2 * MOST_OPEN)
    )
    return tuple(_waiver(row, today) for row in context.session.scalars(query))


def note_use(context: Context, contract: str, version: str, use: Use) -> None:
    """Keeps which of the waivers a stored version needed, so that people see which cover nothing."""
    query = select(WaiverRow).where(WaiverRow.contract == contract, WaiverRow.id.in_(use.used | use.unused))
    for row in context.session.scalars(query):
        if row.id in use.used:
            row.used_at, row.unused_in = context.now, None
        else:
            row.unused_in = version


def _decide(context: Context, number: int, state: WaiverState, reason: str) -> Waiver:
    row = _row(context, number, locked=True)
    context.actor.require(Scope.WAIVERS_DECIDE, row.contract.partition("/")[0])
    if row.state == state:
        return _waiver(row, context.now.date())
    if row.state != WaiverState.REQUESTED:
        raise Conflict("waiver-decided", f"Waiver {number} was {row.state} already.", "Ask for another one.")
    if state is WaiverState.GRANTED:
        if row.requested_by == context.actor.name:
            raise Forbidden(
                "own-waiver", f"You asked for waiver {number} yourself.", "Somebody else has to grant it."
            )
        if row.until < context.now.date():
            raise Conflict(
                "waiver-over", f"Waiver {number} was asked for until {row.until}.", "Ask for a later day."
            )
    return _write(context, row, state, reason)


def _write(context: Context, row: WaiverRow, state: WaiverState, reason: str) -> Waiver:
    if row.state != state:
        row.state, row.decision = state, _reason(reason)
        row.decided_by, row.decided_at = context.actor.name, context.now
        context.record(f"waiver.{state}", row.contract, waiver=row.id, reason=row.decision)
        context.session.flush()
    return _waiver(row, context.now.date())


def _check_subject(asked: Request) -> None:
    if (asked.rule is None) == (asked.change is None):
        raise Invalid("invalid-waiver", "A waiver is about a rule or about a change.", "Name one of the two.")
    if asked.rule is not None and not CODE.fullmatch(asked.rule):
        raise _wrong("rule", "A waiver names one rule by its code, or an area like naming-*.")
    if asked.change is not None and (asked.pointer is not None or asked.fingerprint is not None):
        raise _wrong("change", "A change stands for itself: leave out pointer and fingerprint.")
    for field, value in (("change", asked.change), ("fingerprint", asked.fingerprint)):
        if value is not None and not _FINGERPRINT.fullmatch(value):
            raise _wrong(field, "A fingerprint has 32 hexadecimal digits; reports and gate runs show it.")
    if asked.pointer is not None:
        try:
            if len(asked.pointer) > LONGEST or clean(asked.pointer, LONGEST) != asked.pointer:
                raise ValueError
            from_pointer(asked.pointer)
        except ValueError:
            raise _wrong("pointer", "That is no JSON Pointer (RFC 6901), like /paths/~1orders/get.") from None


def _check_day(until: date, today: date, longest: timedelta) -> None:
    if until < today:
        raise _wrong("until", f"{until} has passed: a waiver ends on a day to come.")
    if until > today + longest:
        raise _wrong("until", f"A waiver lasts {longest.days} days at most, until {today + longest}.")


def _reason(text: str) -> str:
    reason = clean(text.strip(), LONGEST + 1)
    if not reason:
        raise _wrong("reason", "Say why, so that whoever reads it later can judge it.")
    if len(reason) > LONGEST:
        raise _wrong("reason", f"A reason has {LONGEST:,} characters at most.")
    return reason


def _wrong(field: str, message: str) -> Invalid:
    return Invalid("invalid-waiver", message, details={"fields": {field: message}})


def _require_known(context: Context, contract: str) -> None:
    proposed = select(GateRunRow.id).where(GateRunRow.contract == contract).limit(1)
    if not contracts.exists(context, contract) and context.session.scalar(proposed) is None:
        raise NotFound(
            "no-such-contract", f"Nobody has published or proposed {contract}.", "`lading list` has them all."
        )


def _require_new(context: Context, contract: str, asked: Request) -> None:
    today = context.now.date()
    same = select(WaiverRow.id).where(
        WaiverRow.contract == contract,
        WaiverRow.rule.is_not_distinct_from(asked.rule),
        WaiverRow.change.is_not_distinct_from(asked.change),
        WaiverRow.pointer.is_not_distinct_from(asked.pointer),
        WaiverRow.fingerprint.is_not_distinct_from(asked.fingerprint),
        *_in_state(WaiverState.REQUESTED, today),
    )
    if (known := context.session.scalar(same.limit(1))) is not None:
        raise Conflict(
            "waiver-requested", f"Waiver {known} asks for the same already.", "Wait, or withdraw it first."
        )
    is_open = WaiverRow.state.in_((WaiverState.REQUESTED, WaiverState.GRANTED))
    query = select(func.count()).where(WaiverRow.contract == contract, is_open, WaiverRow.until >= today)
    if (context.session.scalar(query) or 0) >= MOST_OPEN:
        raise Conflict(
            "too-many-waivers", f"{contract} has {MOST_OPEN} waivers that wait or count.", "Withdraw some."
        )


def _in_state(state: str, today: date) -> tuple[ColumnElement[bool], ...]:
    match state:
        case WaiverState.GRANTED:
            return WaiverRow.state == WaiverState.GRANTED, WaiverRow.until >= today
        case WaiverState.EXPIRED:
            return WaiverRow.state == WaiverState.GRANTED, WaiverRow.until < today
        case WaiverState.REQUESTED | WaiverState.REFUSED | WaiverState.WITHDRAWN:
            return (WaiverRow.state == state,)
    known = ", ".join(WaiverState)
    raise Invalid("invalid-state", f"{state[:40]!r} is no state of a waiver.", f"Known are {known}.")


def _row(context: Context, number: int, *, locked: bool = False) -> WaiverRow:
    row = context.session.get(WaiverRow, number, with_for_update=locked or None)
    if row is None:
        raise NotFound(
            "no-such-waiver", f"There is no waiver {number}.", "`lading waiver list` has them all."
        )
    return row


def _waiver(row: WaiverRow, today: date) -> Waiver:
    state = WaiverState(row.state)
    if state is WaiverState.GRANTED and row.until < today:
        state = WaiverState.EXPIRED
    return Waiver(
        row.id,
        row.contract,
        row.rule,
        row.change,
        row.pointer,
        row.fingerprint,
        row.reason,
        row.until,
        state,
        row.requested_by,
        row.requested_at,
        row.decided_by,
        row.decided_at,
        row.decision,
        row.used_at,
        row.unused_in,
    )
