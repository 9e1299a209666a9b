"""Publish a version of a contract, if the gate lets it.

\b
  lading publish openapi.yaml --contract erp/orders --owner erp-team
  lading publish openapi.yaml --contract erp/orders --version 2.1.0
  lading publish asyncapi.yaml --contract tms/milestones --draft

The files that the document refers to go with it. The version is info.version unless given. The same bytes again
are a no-op; other bytes under a used version are refused. Ends with 0 if the version is there, with 1 if it was
refused, and with 2 if it could not be judged.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from lading.client import Client, Files, Refusal
from lading.files import read_set
from lading.outcome import NO, YES, CouldNotTell
from lading.settings import load
from lading.tables import Format, write_json


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The contract's root document.")],
    contract: Annotated[str, typer.Option("--contract", "-c", metavar="DOMAIN/NAME", help="Which contract.")],
    version: Annotated[str | None, typer.Option(help="Its version; info.version otherwise.")] = None,
    owner: Annotated[str | None, typer.Option(help="The owning team; needed for a new contract.")] = None,
    system: Annotated[str | None, typer.Option(help="The system that serves it.")] = None,
    profile: Annotated[str | None, typer.Option(help="The gate's profile.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Keep it, and do not publish it yet.")] = False,
    format_: Annotated[Format, typer.Option("--format", "-f")] = Format.TEXT,
) -> int:
    files = Files.of(read_set(file))
    with Client.open(load()) as client:
        try:
            made = client.publish(
                contract,
                files,
                version=version,
                owner=owner,
                system=system,
                profile=profile,
                draft="true" if draft else None,
            )
        except Refusal as refusal:
            if refusal.status == 409:
                made = {
                    "status": "refused",
                    "version": None,
                    "gate_run": None,
                    "problem": dict(refusal.problem),
                }
            else:
                raise CouldNotTell(f"{file}: {refusal}") from None
    if format_ is Format.JSON:
        write_json(made)
    else:
        _tell(contract, made)
    return NO if made["status"] == "refused" else YES


def _tell(contract: str, made: dict[str, Any]) -> None:
    run = made.get("gate_run")
    if made["status"] == "refused":
        reason = made.get("problem", {})
        print(f"refused: {contract}" + (f": {reason['detail']} {reason.get('advice', '')}" if reason else ""))
    else:
        number, state = made["version"]["version"], made["version"]["state"]
        words = {"stored": f"stored, {state}", "unchanged": f"unchanged, {state}: these bytes were there"}
        print(f"{contract}@{number}: {words[made['status']]}")
    for check in run["checks"] if run else ():
        if check["reason"] and (made["status"] == "refused" or check["outcome"] != "pass"):
            print(f"  {check['outcome']:9} {check['name']}: {check['reason']}", file=sys.stdout)
