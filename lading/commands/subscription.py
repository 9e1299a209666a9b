"""List what consumers subscribe to, pin one to a version of a line, or end a subscription.

\b
  lading subscription list acme-wms
  lading subscription pin acme-wms erp/orders 1 1.4
  lading subscription unpin acme-wms erp/orders 1
  lading subscription end acme-wms erp/orders 1

`lading key issue --contract` subscribes. A consumer that is pinned has its calls held against that version (1.4.2), or
against the newest of a minor line (1.4), while everybody else is served the newest of the major; where that version
runs elsewhere, `lading deploy put --version-upstream` says so.
"""

from __future__ import annotations

from typing import Annotated

import typer

from lading.client import ask
from lading.outcome import YES, CouldNotTell
from lading.tables import Format, write_json, write_table
from registry.domain import names
from registry.domain.errors import DomainError

Consumer = Annotated[str, typer.Argument(metavar="CONSUMER", help="The application's name.")]
Contract = Annotated[str, typer.Argument(metavar="DOMAIN/NAME", help="The contract.")]
Major = Annotated[int, typer.Argument(metavar="MAJOR", min=0, help="Its major line.")]
Output = Annotated[Format, typer.Option("--format", "-f")]


def list_(consumer: Consumer, format_: Output = Format.TEXT) -> int:
    """List what a consumer may call."""
    found = [one for one in ask("GET", "consumers", consumer)["subscriptions"] if one["ended_at"] is None]
    if format_ is Format.JSON:
        write_json(found)
    elif not found:
        print(
            f"{consumer} may call nothing. `lading key issue {consumer} --contract DOMAIN/NAME` changes that."
        )
    else:
        write_table(
            ("contract", "line", "plan", "pinned to", "since"),
            (
                (one["contract"], f"{one['major']}.x", one["plan"], one["pin"] or "", one["created_at"][:10])
                for one in found
            ),
        )
    return YES


def pin(
    consumer: Consumer,
    contract: Contract,
    major: Major,
    version: Annotated[str, typer.Argument(metavar="VERSION", help="1.4.2, or 1.4 for the newest of it.")],
    format_: Output = Format.TEXT,
) -> int:
    """Hold a consumer's calls against a version of a line."""
    made = ask("PUT", *_path(consumer, contract, major), "pin", json={"version": version})
    if format_ is Format.JSON:
        write_json(made)
    else:
        print(f"{consumer} is pinned to {contract} {made['pin']}")
    return YES


def unpin(consumer: Consumer, contract: Contract, major: Major) -> int:
    """Hold a consumer's calls against the newest version again."""
    ask("DELETE", *_path(consumer, contract, major), "pin")
    print(f"{consumer} is served the newest version of {contract} {major}.x")
    return YES


def end(consumer: Consumer, contract: Contract, major: Major) -> int:
    """End a subscription: the consumer can not call the line any more."""
    ask("DELETE", *_path(consumer, contract, major))
    print(f"{consumer} does not subscribe to {contract} {major}.x any more")
    return YES


commands = {"list": list_, "pin": pin, "unpin": unpin, "end": end}


def _path(consumer: str, contract: str, major: int) -> tuple[str, ...]:
    try:
        domain, name = names.split(contract)
    except DomainError as error:
        raise CouldNotTell(error.message, error.advice) from None
    return "consumers", consumer, "subscriptions", domain, name, str(major)
