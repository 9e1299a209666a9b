"""Contracts in a folder: which files are contracts, which are only parts of one, and which belong together.

Publishers keep histories as files beside each other, `booking-2.0.0@2024-12-16.yaml` and
`booking-2.0.2@2025-07-31.yaml`. A tree is read once, without judging anything, into contracts with their
revisions in the order of their dates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts import kinds
from contracts.errors import ContractError
from contracts.limits import DEFAULT, Limits
from contracts.references import DocumentSet
from registry.domain import names, numbers

from .files import read_set
from .outcome import CouldNotTell

ENDINGS = frozenset({".yaml", ".yml", ".json"})
_DATE = re.compile(r"@(\d{4}-\d{2}-\d{2})(?=\.|$)|-(\d{4}-\d{2})$")
_TRAILING_VERSION = re.compile(r"[-_]v?\d+\.\d+\.\d+([-.][0-9A-Za-z]+)*$|_v\d+$")
_CONTRACTS = ("openapi", "asyncapi")


@dataclass(frozen=True, slots=True)
class Revision:
    """One file that is a contract, before a version is chosen for it."""

    path: Path
    documents: DocumentSet
    kind: str
    title: str
    stated: str
    """`info.version` as it is written."""
    date: str | None
    """The day in the file's name, `2025-07-31`; the first of the month where it names only a month."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A contract, with its revisions under the versions that they are to be stored as, oldest first."""

    identity: str
    revisions: tuple[tuple[str, Revision], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is no contract, or cannot be read, and the reason. `part` is a file that another one refers to."""

    path: Path
    reason: ContractError
    part: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a folder holds."""

    contracts: tuple[Planned, ...]
    refused: tuple[Refused, ...]


def candidates(folder: Path) -> list[Path]:
    """The files that could be contracts, in a stable order. Raises `CouldNotTell` for what is no folder."""
    if not folder.is_dir():
        raise CouldNotTell(f"{folder} is no folder.", "Name the folder that holds the contracts.")
    found = (path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    return sorted(path for path in found if not _is_hidden(path.relative_to(folder)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read(
    folder: Path,
    *,
    domain: str | None = None,
    limits: Limits = DEFAULT,
    seen: Callable[[Path], None] = lambda _: None,
) -> Plan:
    """Everything below a folder. `seen` is told of each file, for a progress bar.

    A contract's domain is `domain`, or the name of the folder that its file lies in.
    """
    groups: dict[str, list[Revision]] = defaultdict(list)
    refused: list[Refused] = []
    parts: set[Path] = set()
    for path in candidates(folder):
        seen(path)
        try:
            revision = _revision(path, folder, limits)
        except ContractError as error:
            refused.append(Refused(path, error))
            continue
        parts.update(folder.resolve() / name for name in revision.documents.documents)
        groups[_identity(path, domain)].append(revision)
    contracts = tuple(
        Planned(identity, tuple(_numbered(group))) for identity, group in sorted(groups.items())
    )
    return Plan(contracts, tuple(_with_parts(refused, parts)))


def _revision(path: Path, folder: Path, limits: Limits) -> Revision:
    documents = read_set(path, limits=limits, boundary=folder)
    value = documents.root.value
    specification = kinds.detect(value, documents.root.source)
    if specification.kind not in _CONTRACTS:
        raise ContractError(
            "not-a-contract", f"This is {specification.kind}, which is not kept as a contract.", str(path),
            advice="OpenAPI and AsyncAPI documents are.",
        )  # fmt: skip
    info: Any = value.get("info")
    info = info if isinstance(info, Mapping) else {}
    day = _DATE.search(path.stem)
    return Revision(
        path, documents, specification.kind, str(info.get("title") or path.stem), str(info.get("version") or ""),
        (day[1] or f"{day[2]}-01") if day else None,
    )  # fmt: skip


def _identity(path: Path, domain: str | None) -> str:
    """`dcsa/dcsa-booking-2.0.0@2024-12-16.yaml` → `dcsa/dcsa-booking`."""
    stem = _TRAILING_VERSION.sub("", _DATE.sub("", path.name.removesuffix(path.suffix)))
    folder = path.resolve().parent.name
    return f"{domain or names.slug(folder) or 'imported'}/{names.slug(stem)}"


def _numbered(group: list[Revision]) -> Iterator[tuple[str, Revision]]:
    """The revisions, oldest first, each with a version of its own.

    `info.version` counts where every revision states another one that is a version. Otherwise the publisher
    changed documents without touching it, and the days in the files' names tell them apart, if each has one:
    a contract counts in one way only.
    """
    ordered = sorted(group, key=lambda revision: (revision.date or "", str(revision.path)))
    stated = [numbers.lenient(revision.stated) for revision in ordered]
    texts = [number.text for number in stated if number]
    if len(set(texts)) == len(ordered):
        yield from zip(texts, ordered, strict=True)
        return
    dated = all(revision.date for revision in ordered)
    used: Counter[str] = Counter()
    for revision, number in zip(ordered, stated, strict=True):
        base = revision.date if dated and revision.date else number.text if number else "0.0.0"
        used[base] += 1
        yield (base if used[base] == 1 else _repeated(base, used[base])), revision


def _repeated(base: str, count: int) -> str:
    """The same version a second time: dates count on, other versions say so as build metadata cannot."""
    return f"{base}.{count}" if re.fullmatch(r"\d{4}-\d\d-\d\d", base) else f"{base}-revision.{count}"


def _with_parts(refused: list[Refused], parts: set[Path]) -> Iterator[Refused]:
    for entry in refused:
        yield Refused(entry.path, entry.reason, part=entry.path.resolve() in parts)
