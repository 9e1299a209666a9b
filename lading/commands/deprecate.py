"""Announce the end of a version: since when, until when, and what to use instead.

\b
  lading deprecate erp/orders@1.4.0 --sunset 2027-06-30 --replacement 2.0.0
  lading deprecate erp/orders@1.4.0 --replacement erp/sales-orders@1.0.0
  lading deprecate erp/orders@1.4.0 --retire
  lading deprecate erp/orders@1.4.0 --retire --force --reason "It leaks addresses: INC-4711"

Gateways answer its callers with Deprecation and Sunset headers. Once it is retired they serve the newest version of
its line that is left, and answer 410 where there is none.

Retiring is refused before an announced sunset, and while the version serves somebody: a consumer that called it in
the last 30 days, or subscribes to it. --force ends it for them too; who they were and why stays in the audit.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

from lading.client import Client, Refusal
from lading.outcome import NO, YES, CouldNotTell
from lading.settings import load
from lading.tables import Format, write_json
from registry.domain import names
from registry.domain.errors import DomainError


def command(
    version: Annotated[str, typer.Argument(metavar="DOMAIN/NAME@VERSION", help="Which version ends.")],
    sunset: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day from which it may be gone.")
    ] = None,
    replacement: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="What to use instead, here or as domain/name@version."),
    ] = None,
    retire: Annotated[bool, typer.Option("--retire", help="End it now; it was deprecated before.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Retire it although it still serves somebody; needs --reason.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why it is retired, for the audit.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f")] = Format.TEXT,
) -> int:
    try:
        identity, number = names.reference(version)
    except DomainError as error:
        raise CouldNotTell(error.message, error.advice) from None
    if number is None:
        raise CouldNotTell(f"{version} names no version.", "Write it as domain/name@version.")
    if retire and (sunset or replacement):
        raise CouldNotTell(
            "--retire goes with neither --sunset nor --replacement.", "Deprecate first, then retire."
        )
    if (force or reason is not None) and not retire:
        raise CouldNotTell("--force and --reason go with --retire.", "Deprecating cuts nobody off.")
    if force and not (reason or "").strip():
        raise CouldNotTell("--force needs a --reason.", "Say why it cannot wait for those it serves.")
    path = ("contracts", *identity.split("/"), "versions", number)
    with Client.open(load()) as client:
        try:
            made: dict[str, Any]
            if retire:
                made = client.call("PUT", *path, "retirement", json=_given(force=force, reason=reason))
            else:
                given = _given(sunset_at=_moment(sunset), replacement=replacement)
                made = client.call("PUT", *path, "deprecation", json=given)
        except Refusal as refusal:
            if refusal.status != 409:
                raise CouldNotTell(str(refusal)) from None
            if format_ is Format.JSON:
                write_json({"status": "refused", "problem": dict(refusal.problem)})
            else:
                print(f"refused: {refusal}")
            return NO
    if format_ is Format.JSON:
        write_json(made)
    else:
        _tell(made)
    return YES


def _given(**facts: Any) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value is not None}


def _tell(made: dict[str, Any]) -> None:
    parts = [f"{made['contract']}@{made['version']}: {made['state']}"]
    if made["sunset_at"]:
        parts.append(f"until {made['sunset_at'][:10]}")
    if made["replacement"]:
        parts.append(f"replaced by {made['replacement']}")
    print(", ".join(parts))


def _moment(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CouldNotTell(f"{text!r} is no date.", "Write it like 2027-06-30.") from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat().replace("+00:00", "Z")
