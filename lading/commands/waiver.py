"""Ask that a finding may pass for a time, and decide about what others ask.

\b
  lading waiver request erp/orders --rule auth-stated --until 2027-03-31 --reason "The scanners cannot, yet."
  lading waiver request erp/orders --rule naming-* --at /paths/~1orders --days 90 --reason "Printed."
  lading waiver request erp/orders --change 0f3c… --until 2027-03-31 --reason "Both callers were asked."
  lading waiver list --state requested
  lading waiver grant 7 --reason "Until the scanners are updated."
  lading waiver refuse 8 --reason "Two callers read it."
  lading waiver withdraw 7 --reason "Mended."

The registry's gate lets pass what is granted, until its last day. Owners ask, architects of the domain decide, and
nobody grants what they asked for themselves. A change is named by its fingerprint, which the gate's answer shows.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from lading.client import Client, Refusal, ask
from lading.outcome import YES, CouldNotTell
from lading.settings import load
from lading.tables import Format, write_json, write_table

Output = Annotated[Format, typer.Option("--format", "-f")]
Number = Annotated[int, typer.Argument(metavar="WAIVER", min=1, help="Its number, as the list shows it.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the waiver.")]


class State(StrEnum):
    """Where a waiver stands."""

    REQUESTED = "requested"
    GRANTED = "granted"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def request(
    contract: Annotated[str, typer.Argument(metavar="DOMAIN/NAME", help="Whose finding it is.")],
    reason: Why,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="The last day on which it counts."),
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="Or, how many days from today.")] = None,
    rule: Annotated[
        str | None, typer.Option(metavar="CODE", help="The rule, or an area of rules: naming-*.")
    ] = None,
    change: Annotated[
        str | None, typer.Option(metavar="FINGERPRINT", help="The change, instead of a rule.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="POINTER", help="Only there and below: a JSON Pointer.")
    ] = None,
    fingerprint: Annotated[
        str | None, typer.Option(metavar="FINGERPRINT", help="Only this finding, as SARIF states it.")
    ] = None,
    format_: Output = Format.TEXT,
) -> int:
    """Ask for a waiver. It lets nothing pass before somebody else grants it."""
    if (until is None) == (days is None):
        raise CouldNotTell("a waiver has a last day.", "Say --until DAY, or --days NUMBER.")
    last = until or datetime.now(UTC) + timedelta(days=days or 0)
    body = {
        "contract": contract,
        "rule": rule,
        "change": change,
        "pointer": at,
        "fingerprint": fingerprint,
        "reason": reason,
        "until": last.date().isoformat(),
    }
    given = {key: value for key, value in body.items() if value is not None}
    return _told(ask("POST", "waivers", json=given), format_)


def list_(
    contract: Annotated[str | None, typer.Option("--contract", "-c", metavar="DOMAIN/NAME")] = None,
    state: Annotated[State | None, typer.Option(help="Only in this state.")] = None,
    rule: Annotated[str | None, typer.Option(metavar="CODE", help="Only of this rule.")] = None,
    format_: Output = Format.TEXT,
) -> int:
    """List waivers, the newest first."""
    with Client.open(load()) as client:
        try:
            wanted = {"contract": contract, "state": state and str(state), "rule": rule}
            found = list(client.pages("waivers", **wanted))
        except Refusal as refusal:
            raise CouldNotTell(str(refusal)) from None
    if format_ is Format.JSON:
        write_json(found)
    elif not found:
        print("There is no such waiver. `lading waiver request` asks for one.")
    else:
        headings = (
            "waiver",
            "state",
            "contract",
            "about",
            "place",
            "until",
            "asked by",
            "decided by",
            "reason",
        )
        write_table(headings, map(_row, found))
    return YES


def grant(waiver: Number, reason: Why, format_: Output = Format.TEXT) -> int:
    """Grant a waiver: until its last day the gate lets pass what it names."""
    return _told(ask("PUT", "waivers", str(waiver), "grant", json={"reason": reason}), format_)


def refuse(waiver: Number, reason: Why, format_: Output = Format.TEXT) -> int:
    """Refuse a waiver."""
    return _told(ask("PUT", "waivers", str(waiver), "refusal", json={"reason": reason}), format_)


def withdraw(waiver: Number, reason: Why, format_: Output = Format.TEXT) -> int:
    """Take a waiver back, asked for or granted."""
    return _told(ask("PUT", "waivers", str(waiver), "withdrawal", json={"reason": reason}), format_)


def _told(one: dict[str, Any], format_: Format) -> int:
    if format_ is Format.JSON:
        write_json(one)
        return YES
    words = {
        "requested": "waits for a decision",
        "granted": f"is granted until {one['until']}",
        "expired": f"ended on {one['until']}",
    }
    state = words.get(one["state"], f"is {one['state']}")
    print(f"waiver {one['id']} of {one['contract']}, {_about(one)}: {state}")
    return YES


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    state = one["state"]
    if state == "granted" and one["unused_in"]:
        state = f"granted, covers nothing in {one['unused_in']}"
    place = one["fingerprint"] or one["pointer"] or ""
    return (
        one["id"],
        state,
        one["contract"],
        _about(one),
        place,
        one["until"],
        one["requested_by"],
        one["decided_by"] or "",
        one["reason"],
    )


def _about(one: dict[str, Any]) -> str:
    return str(one["rule"] or f"change {one['change']}")


commands = {"request": request, "list": list_, "grant": grant, "refuse": refuse, "withdraw": withdraw}
