"""Issue, list and revoke the keys of consumers.

\b
  lading key issue acme-wms --contract erp/orders --major 1
  lading key list acme-wms
  lading key revoke acme-wms k1a2b3c4

A key is shown once, when it is issued; only its hash is kept. Naming a contract makes the subscription as well.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from lading.client import Client, Refusal, ask
from lading.outcome import YES, CouldNotTell
from lading.settings import load
from lading.tables import Format, write_json, write_table
from registry.domain import names
from registry.domain.errors import DomainError

Consumer = Annotated[str, typer.Argument(metavar="CONSUMER", help="The application's name.")]
Output = Annotated[Format, typer.Option("--format", "-f")]


def issue(
    consumer: Consumer,
    contract: Annotated[
        str | None,
        typer.Option("--contract", "-c", metavar="DOMAIN/NAME", help="Subscribe to this contract."),
    ] = None,
    major: Annotated[
        int | None, typer.Option(min=0, help="Its major line; that of the latest version otherwise.")
    ] = None,
    plan: Annotated[str | None, typer.Option(help="The subscription's plan.")] = None,
    label: Annotated[str, typer.Option(help="What the key is for.")] = "",
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="Days until it expires.")] = None,
    owner: Annotated[str | None, typer.Option(help="The team behind a new consumer.")] = None,
    format_: Output = Format.TEXT,
) -> int:
    """Issue a key. The consumer is created where there is none."""
    try:
        if contract is not None:
            names.split(contract)
    except DomainError as error:
        raise CouldNotTell(error.message, error.advice) from None
    with Client.open(load()) as client:
        try:
            _ensure(client, consumer, owner)
            if contract is not None:
                _subscribe(client, consumer, contract, major, plan)
            body: dict[str, Any] = {"label": label}
            if days is not None:
                body["expires_at"] = (datetime.now(UTC) + timedelta(days=days)).isoformat()
            made = client.call("POST", "consumers", consumer, "keys", json=body)
        except Refusal as refusal:
            raise CouldNotTell(str(refusal)) from None
    if format_ is Format.JSON:
        write_json(made)
    else:
        print(made["text"])
        typer.echo("This key is shown once. Send it as X-API-Key.", err=True)
    return YES


def revoke(
    consumer: Consumer,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="The eight characters after lk_, or the whole key.")
    ],
    format_: Output = Format.TEXT,
) -> int:
    """Revoke a key, at once and for ever."""
    identifier = key.removeprefix("lk_").partition("_")[0]
    made = ask("DELETE", "consumers", consumer, "keys", identifier)
    if format_ is Format.JSON:
        write_json(made)
    else:
        print(f"{made['consumer']}: {made['id']} is revoked since {made['revoked_at']}")
    return YES


def list_(consumer: Consumer, format_: Output = Format.TEXT) -> int:
    """List a consumer's keys, without their texts."""
    found = ask("GET", "consumers", consumer)["keys"]
    if format_ is Format.JSON:
        write_json(found)
    elif not found:
        print(f"{consumer} has no key. `lading key issue {consumer}` makes one.")
    else:
        write_table(
            ("key", "label", "issued", "expires", "last used", "revoked"),
            (
                (
                    one["id"],
                    one["label"],
                    *(_day(one[name]) for name in ("created_at", "expires_at", "last_used_at", "revoked_at")),
                )
                for one in found
            ),
        )
    return YES


commands = {"issue": issue, "list": list_, "revoke": revoke}


def _ensure(client: Client, consumer: str, owner: str | None) -> None:
    try:
        client.call("GET", "consumers", consumer)
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        body = {"name": consumer, **({"owner": owner} if owner else {})}
        client.call("POST", "consumers", json=body)


def _subscribe(client: Client, consumer: str, contract: str, major: int | None, plan: str | None) -> None:
    if major is None:
        major = client.version(contract)["major"]
    path = ("consumers", consumer, "subscriptions", *contract.split("/"), str(major))
    client.call("PUT", *path, json={"plan": plan} if plan else {})


def _day(moment: str | None) -> str:
    return moment[:10] if moment else ""
