"""List the contracts of the registry, or search them.

\b
  lading list
  lading list --domain erp --state deprecated
  lading list --search "shipment eta"
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from lading.client import Client, Refusal
from lading.outcome import YES, CouldNotTell
from lading.settings import load
from lading.tables import Format, write_json, write_table


def command(
    search: Annotated[
        str | None, typer.Option("--search", "-s", metavar="WORDS", help="What to look for.")
    ] = None,
    domain: Annotated[str | None, typer.Option(help="Only of this domain.")] = None,
    system: Annotated[str | None, typer.Option(help="Only of this system.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only of this team.")] = None,
    kind: Annotated[str | None, typer.Option(help="openapi or asyncapi.")] = None,
    state: Annotated[str | None, typer.Option(help="Only if the latest version is in this state.")] = None,
    format_: Annotated[Format, typer.Option("--format", "-f")] = Format.TEXT,
) -> int:
    with Client.open(load()) as client:
        try:
            if search is not None:
                _hits(client.call("GET", "search", params={"q": search, "limit": 50})["items"], format_)
                return YES
            found = list(
                client.pages("contracts", domain=domain, system=system, owner=owner, kind=kind, state=state)
            )
        except Refusal as refusal:
            raise CouldNotTell(str(refusal)) from None
    if format_ is Format.JSON:
        write_json(found)
    elif not found:
        print("No contracts. `lading publish` and `lading import` bring some in.")
    else:
        write_table(("contract", "version", "state", "kind", "owner", "findings", "title"), map(_row, found))
    return YES


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    latest = one["latest"] or {}
    counts = (latest.get("errors"), latest.get("warnings"))
    findings = "" if counts[0] is None else f"{counts[0]} errors, {counts[1]} warnings"
    version, state = latest.get("version", "-"), latest.get("state", "-")
    return one["contract"], version, state, one["kind"], one["owner"], findings, one["title"]


def _hits(found: list[dict[str, Any]], format_: Format) -> None:
    if format_ is Format.JSON:
        write_json(found)
    elif not found:
        print("Nothing holds these words.")
    else:
        write_table(
            ("contract", "what", "where", "title"),
            ((one["contract"], one["kind"], one["key"], one["title"]) for one in found),
        )
