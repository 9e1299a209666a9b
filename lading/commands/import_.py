"""Bring a folder of contracts into the registry, with their histories.

\b
  lading import contracts/
  lading import contracts/ --domain carrier --owner carrier-desk

Every OpenAPI and AsyncAPI document below the folder becomes a version; files named like NAME@2025-07-31.yaml
are versions of one contract. Parts that are only referred to are no contracts. What exists already is kept
whatever the gate says, and the gate run tells what it said. What cannot be read is refused with the reason.
Again, it is a no-op. Ends with 1 if something was refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from contracts.errors import ContractError
from lading import tree
from lading.client import Client, Files, Refusal
from lading.outcome import COULD_NOT_TELL, NO, YES
from lading.settings import load
from lading.tables import Format, write_json

_CODES_OF_OTHER_FILES = frozenset({"unknown-specification", "not-a-contract"})


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file. `status` is stored, unchanged, refused, part or other."""

    file: str
    status: str
    contract: str | None = None
    version: str | None = None
    gate: str | None = None
    reason: str = ""


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that holds the contracts.")],
    domain: Annotated[
        str | None, typer.Option(help="Domain of all of them; each file's folder otherwise.")
    ] = None,
    owner: Annotated[str, typer.Option(help="Team that owns those that are new.")] = "imported",
    format_: Annotated[Format, typer.Option("--format", "-f")] = Format.TEXT,
) -> int:
    settings = load()
    with Client.open(settings) as client, _progress() as progress:
        reading = progress.add_task("reading", total=len(tree.candidates(folder)))
        plan = tree.read(folder, domain=domain, seen=lambda _: progress.advance(reading))
        lines = [_not_a_contract(one, folder) for one in plan.refused]
        storing = progress.add_task("storing", total=sum(len(one.revisions) for one in plan.contracts))
        for planned in plan.contracts:
            for number, revision in planned.revisions:
                progress.update(storing, description=f"storing {planned.identity}")
                lines.append(_store(client, planned.identity, number, revision, owner, folder))
                progress.advance(storing)
    lines.sort(key=lambda line: line.file)
    counts = Counter(line.status for line in lines)
    if format_ is Format.JSON:
        write_json({"counts": dict(counts), "files": [asdict(line) for line in lines]})
    else:
        _tell(lines, counts)
    if not lines:
        return COULD_NOT_TELL
    return NO if counts["refused"] else YES


def _store(
    client: Client, identity: str, number: str, revision: tree.Revision, owner: str, folder: Path
) -> Line:
    name = _name(revision.path, folder)
    try:
        made = client.publish(
            identity, Files.of(revision.documents), version=number, owner=owner, source="import"
        )
    except Refusal as refusal:
        return Line(name, "refused", identity, number, reason=str(refusal))
    run = made["gate_run"]
    failing = [check["name"] for check in run["checks"] if check["outcome"] == "fail"] if run else []
    reason = f"the gate says {run['outcome']}: {', '.join(failing)}" if failing else ""
    return Line(name, made["status"], identity, number, run["outcome"] if run else None, reason)


def _not_a_contract(refused: tree.Refused, folder: Path) -> Line:
    reason: ContractError = refused.reason
    if refused.part:
        status = "part"
    elif reason.code in _CODES_OF_OTHER_FILES:
        status = "other"
    else:
        status = "refused"
    return Line(_name(refused.path, folder), status, reason=str(reason))


def _tell(lines: list[Line], counts: Counter[str]) -> None:
    for line in lines:
        if line.status == "refused":
            print(f"refused    {line.file}: {line.reason}")
        elif line.status == "other":
            print(f"no contract {line.file}: {line.reason}")
    versions = len(
        {(line.contract, line.version) for line in lines if line.status in ("stored", "unchanged")}
    )
    contracts = len({line.contract for line in lines if line.status in ("stored", "unchanged")})
    words = ", ".join(f"{counts[status]} {word}" for status, word in _WORDS.items() if counts[status])
    print(
        f"{len(lines)} files: {words or 'none'}. {versions} versions of {contracts} contracts are in the registry."
    )


_WORDS = {
    "stored": "stored",
    "unchanged": "unchanged",
    "refused": "refused",
    "part": "parts of others",
    "other": "no contracts",
}


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
