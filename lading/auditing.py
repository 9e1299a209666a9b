"""What recorded traffic is judged by: contracts from files, or a gateway's last good bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias

from contracts.model import HttpApi, build
from gateway.bundle.compiling import compile_bundle
from gateway.bundle.manifest import Manifest, parse_manifest
from gateway.bundle.signature import verified
from gateway.bundle.store import Store
from gateway.malformed import Malformed
from gateway.rules import Rules
from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.standalone import standalone
from gateway.traffic.learning.draft import Learner, SeveralHosts
from gateway.traffic.learning.writing import dumped
from gateway.traffic.reading import read_recording
from lading.files import read_set

from .outcome import CouldNotTell

Query: TypeAlias = Literal["allow", "refuse"]
Security: TypeAlias = Literal["form", "presence", "ignore"]


@dataclass(frozen=True, slots=True)
class Held:
    """`sunsets` are the last days of single operations, by contract and operation."""

    snapshot: Snapshot
    sunsets: Mapping[tuple[str, str], date]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A recording. Raises `CouldNotTell` where it cannot be read."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise CouldNotTell(f"{path}: {error.strerror}.") from None
    with file:
        if not file.seekable():
            raise CouldNotTell(f"{path} cannot be rewound.", "Save the recording to a file first.")
        yield file


def one_of(name: str, given: str, known: Iterable[str]) -> None:
    if given not in known:
        raise CouldNotTell(f"{name} is {given!r}.", f"It is one of {', '.join(known)}.")


def from_files(paths: Iterable[Path], rules: Rules, base_path: str | None) -> Held:
    """The contracts in files. Raises `CouldNotTell` for what describes no calls."""
    compiled, sunsets = [], {}
    for path in paths:
        api = build(read_set(path))
        if not isinstance(api, HttpApi):
            raise CouldNotTell(f"{path} describes events, and calls are judged.", "Name OpenAPI documents.")
        if not api.operations:
            raise CouldNotTell(f"{path} declares no operations, so every call would be in no contract.")
        modes = Modes("enforce", "enforce")
        made = standalone(api, bases=None if base_path is None else (base_path,), modes=modes, rules=rules)
        (entry,) = made.compiled
        compiled.append(entry)
        name = f"{entry.contract.name}@{entry.contract.version}"
        for operation in api.operations:
            if (end := _day(operation.extensions.get("x-sunset"))) is not None:
                sunsets[name, operation.key] = end
    return Held(snapshot(compiled, id="audit", environment="audit"), sunsets)


def from_bundle(folder: Path) -> Held:
    """The contracts of a bundle, open to anyone: a recording holds no keys. Raises `CouldNotTell`."""
    if not folder.is_dir():
        raise CouldNotTell(f"{folder} is no folder.", "Name the folder `gateway/bundle` of a gateway's data.")
    try:
        store = Store(folder)
        token, keys = store.bundle(), store.keys()
        if token is None or keys is None:
            raise CouldNotTell(
                f"{folder} holds no bundle.", "Name the folder `gateway/bundle` of a gateway's data."
            )
        manifest = parse_manifest(verified(token, keys))
        return Held(compile_bundle(_open(manifest), store.content), {})
    except Malformed as error:
        raise CouldNotTell(f"The bundle in {folder} cannot be used: {error.message}.") from None
    except OSError as error:
        raise CouldNotTell(f"{folder} cannot be read: {error.strerror}.") from None


def _open(manifest: Manifest) -> Manifest:
    modes = {"request": "enforce", "response": "enforce"}
    contracts: list[Mapping[str, Any]] = [
        {**entry, "access": "open", "security": "ignore", "modes": modes, "operations": {}}
        for entry in manifest.contracts
    ]
    return replace(manifest, contracts=tuple(contracts))


def learn(source: Path, target: Path, hosts: frozenset[str]) -> str:
    """Writes the draft that the traffic gives, and says in a sentence what went into it. Raises `CouldNotTell`."""
    learner = Learner(hosts)
    with opened(source) as recording:
        learner.run(read_recording(recording))
    try:
        draft = learner.draft()
    except SeveralHosts as error:
        raise CouldNotTell(
            f"The traffic goes to {len(error.hosts)} hosts: {', '.join(error.hosts[:5])}.",
            "Choose with --host; a contract is about one service.",
        ) from None
    if not draft["paths"]:
        raise CouldNotTell(f"{source} has no call that was answered, so there is nothing to learn from.")
    try:
        target.write_text(dumped(draft), "utf-8")
    except OSError as error:
        raise CouldNotTell(f"{target} cannot be written: {error.strerror}.") from None
    return learned(target, draft, learner)


def learned(target: Path, draft: Mapping[str, Any], learner: Learner) -> str:
    """What went into a draft, in a sentence."""
    count = sum(len(held) for held in draft["paths"].values())
    left = f", {learner.left_out} left out" if learner.left_out else ""
    return f"{target}: {count} operations from {learner.exchanges} exchanges{left}."


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(given[:10]) if isinstance(given, str) else None
    except ValueError:
        return None
