"""Show a contract: its versions, dates, last gate runs, and who calls it.

\b
  lading show erp/orders
  lading show erp/orders@1.2.0
  lading show erp/orders@latest --content > orders.yaml
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from lading.client import Client, Refusal
from lading.outcome import YES, CouldNotTell
from lading.settings import load
from lading.tables import Format, write_json, write_table
from registry.domain import names
from registry.domain.errors import DomainError

_RUNS = 5


def command(
    contract: Annotated[str, typer.Argument(metavar="DOMAIN/NAME[@VERSION]", help="What to show.")],
    content: Annotated[bool, typer.Option("--content", help="Write the root document itself.")] = False,
    format_: Annotated[Format, typer.Option("--format", "-f")] = Format.TEXT,
) -> int:
    try:
        identity, number = names.reference(contract)
    except DomainError as error:
        raise CouldNotTell(error.message, error.advice) from None
    with Client.open(load()) as client:
        try:
            if content:
                files = client.files(identity, number or "latest")
                sys.stdout.buffer.write(files.contents[files.root])
                return YES
            shown = _version(client, identity, number) if number else _contract(client, identity)
        except Refusal as refusal:
            raise CouldNotTell(str(refusal)) from None
    if format_ is Format.JSON:
        write_json(shown)
    elif number:
        _tell_version(shown)
    else:
        _tell_contract(shown)
    return YES


def _contract(client: Client, identity: str) -> dict[str, Any]:
    path = ("contracts", *identity.split("/"))
    return {
        **client.contract(identity),
        "versions": list(client.pages(*path, "versions")),
        "gate_runs": client.call("GET", "gate-runs", params={"contract": identity, "limit": _RUNS})["items"],
        "callers": client.call("GET", *path, "callers")["items"],
    }


def _version(client: Client, identity: str, number: str) -> dict[str, Any]:
    version = client.version(identity, number)
    path = ("contracts", *identity.split("/"))
    callers = client.call("GET", *path, "callers", params={"version": version["version"]})["items"]
    return {**version, "callers": callers}


def _tell_contract(one: dict[str, Any]) -> None:
    print(f"{one['contract']}  {one['title']}")
    print(f"{one['kind']}, owned by {one['owner']}" + (f", system {one['system']}" if one["system"] else ""))
    print()
    rows = (
        (
            each["version"],
            each["state"],
            _day(each["published_at"]),
            _day(each["sunset_at"]),
            each["replacement"] or "",
            each["specification"],
        )
        for each in one["versions"]
    )
    write_table(("version", "state", "published", "sunset", "replacement", "specification"), rows)
    if one["gate_runs"]:
        print()
        runs = (
            (each["version"], each["outcome"], each["source"], _day(each["created_at"]), _why(each))
            for each in one["gate_runs"]
        )
        write_table(("gate run", "outcome", "by", "day", "why"), runs)
    _tell_callers(one["callers"])


def _tell_version(one: dict[str, Any]) -> None:
    print(f"{one['contract']}@{one['version']}  {one['title']}")
    for label, value in (
        ("state", one["state"]),
        ("specification", one["specification"]),
        ("digest", one["digest"]),
        ("published", f"{_day(one['published_at'])} by {one['published_by']}" if one["published_at"] else ""),
        ("deprecated", _day(one["deprecated_at"])),
        ("sunset", _day(one["sunset_at"])),
        ("replacement", one["replacement"]),
        ("files", ", ".join(one["files"])),
    ):
        if value:
            print(f"  {label:14} {value}")
    _tell_callers(one["callers"])


def _tell_callers(callers: list[dict[str, Any]]) -> None:
    if callers:
        print()
        rows = (
            (each["consumer"] or "(no key)", each["version"], f"{each['calls']:,}", _day(each["last_at"]))
            for each in callers
        )
        write_table(("caller", "version", "calls", "last seen"), rows)


def _day(moment: str | None) -> str:
    return moment[:10] if moment else ""


def _why(run: dict[str, Any]) -> str:
    return "; ".join(check["name"] for check in run["checks"] if check["outcome"] not in ("pass", "skipped"))
