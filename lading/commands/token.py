"""Issue, list and revoke the machine tokens of gateways and pipelines.

\b
  lading token issue gateway-1 --for gateway
  lading token issue ci-orders --for ci --days 365
  lading token issue importer --scope contracts:read --scope contracts:write
  lading token list
  lading token revoke t1a2b3c4

A token is shown once, when it is issued; only its hash is kept. Give it as LADING_TOKEN.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from lading.client import ask
from lading.outcome import YES, CouldNotTell
from lading.tables import Format, write_json, write_table
from registry.domain.access import Scope

Output = Annotated[Format, typer.Option("--format", "-f")]


class Purpose(StrEnum):
    """What a token is mostly made for."""

    GATEWAY = "gateway"
    CI = "ci"
    PUBLISHER = "publisher"


PURPOSES = {
    Purpose.GATEWAY: (Scope.BUNDLES_READ, Scope.CONTRACTS_READ, Scope.OBSERVATIONS_WRITE),
    Purpose.CI: (Scope.CONTRACTS_READ, Scope.CONTRACTS_GATE, Scope.TRAFFIC_READ),
    Purpose.PUBLISHER: (
        Scope.CONTRACTS_READ,
        Scope.CONTRACTS_GATE,
        Scope.CONTRACTS_WRITE,
        Scope.TRAFFIC_READ,
    ),
}


def issue(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the token is for, as lists show it.")],
    purpose: Annotated[
        Purpose | None,
        typer.Option("--for", help="The scopes that a gateway, a pipeline or a publisher needs."),
    ] = None,
    scope: Annotated[
        list[str] | None, typer.Option("--scope", "-s", help="One more scope; may be given several times.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="Days until it expires.")] = None,
    format_: Output = Format.TEXT,
) -> int:
    """Issue a token with the scopes of a purpose, of one's own choice, or both."""
    scopes = [*(PURPOSES[purpose] if purpose else ()), *(scope or ())]
    if not scopes:
        raise CouldNotTell(
            "a token without scopes may do nothing.", f"Say --for {'|'.join(Purpose)}, or name --scope."
        )
    body: dict[str, Any] = {"name": name, "scopes": list(dict.fromkeys(map(str, scopes)))}
    if days is not None:
        body["expires_at"] = (datetime.now(UTC) + timedelta(days=days)).isoformat()
    made = ask("POST", "tokens", json=body)
    if format_ is Format.JSON:
        write_json(made)
    else:
        print(made["text"])
        typer.echo("This token is shown once. Give it as LADING_TOKEN.", err=True)
    return YES


def list_(format_: Output = Format.TEXT) -> int:
    """List every token that was ever issued, without its text."""
    found = ask("GET", "tokens")["items"]
    if format_ is Format.JSON:
        write_json(found)
    elif not found:
        print("There is no token. `lading token issue NAME --for gateway` makes one.")
    else:
        days = ("created_at", "expires_at", "last_used_at", "revoked_at")
        write_table(
            ("token", "name", "scopes", "issued", "expires", "last used", "revoked"),
            (
                (one["id"], one["name"], " ".join(one["scopes"]), *((one[day] or "")[:10] for day in days))
                for one in found
            ),
        )
    return YES


def revoke(
    token: Annotated[
        str, typer.Argument(metavar="TOKEN", help="The eight characters after lt_, or the whole token.")
    ],
    format_: Output = Format.TEXT,
) -> int:
    """Revoke a token, at once and for ever."""
    made = ask("DELETE", "tokens", token.removeprefix("lt_").partition("_")[0])
    if format_ is Format.JSON:
        write_json(made)
    else:
        print(f"{made['name']}: {made['id']} is revoked since {made['revoked_at']}")
    return YES


commands = {"issue": issue, "list": list_, "revoke": revoke}
