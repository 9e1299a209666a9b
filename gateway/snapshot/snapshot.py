"""The whole of what a gateway runs from, compiled and immutable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gateway.routes.trie import Match, Trie
from gateway.verdicts import DEFAULT_BOUNDS, Bounds

from .compiling import Compiled
from .contract import Consumer, Contract, Key
from .operation import Operation


@dataclass(frozen=True, slots=True, eq=False)
class Pinned:
    """A version that is served to those who are pinned to it, with routes of its own."""

    compiled: Compiled
    routes: Trie[Operation]

    @property
    def contract(self) -> Contract:
        return self.compiled.contract

    def find(self, path: str, method: str) -> Match[Operation] | None:
        """As `Snapshot.find`; HEAD is answered by GET where the rules say so."""
        match = self.routes.find(path, method)
        if method == "HEAD" and (match is None or match.held is None) and self.contract.rules.head_as_get:
            return self.routes.find(path, "GET") or match
        return match


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Routes, keys and contracts. `hosted` are the routes of contracts that name their hosts."""

    id: str
    environment: str
    serial: int
    compiled: tuple[Compiled, ...]
    routes: Trie[Operation]
    hosted: Mapping[str, Trie[Operation]]
    keys: Mapping[str, Key]
    bounds: Bounds = DEFAULT_BOUNDS
    skipped: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Contracts that the gateway does not serve, with the reason (events, say)."""
    consumers: Mapping[str, Consumer] = field(default_factory=lambda: MappingProxyType({}))
    """By id, and by name where no other has it as its id."""
    lenient: bool = False
    """Whether any contract lets calls pass that it does not have."""
    pinned: Mapping[tuple[str, str], Pinned] = field(default_factory=lambda: MappingProxyType({}))
    """By contract and version."""

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """Of all that is served; those that only pinned consumers get come last."""
        return tuple(compiled.contract for compiled in self.everything)

    @property
    def everything(self) -> tuple[Compiled, ...]:
        """All compiled versions."""
        return (*self.compiled, *(held.compiled for held in self.pinned.values()))

    @property
    def lines(self) -> dict[str, list[str]]:
        """The keys of the operations that are served, by `name@major`."""
        return {
            f"{held.contract.name}@{held.contract.major}": [made.key for _, _, made in held.operations]
            for held in self.compiled
        }

    def pieces(self) -> list[object]:
        """What it is made of, in parts that take little time to give back one by one."""
        tries = (self.routes, *self.hosted.values(), *(held.routes for held in self.pinned.values()))
        return [*(piece for trie in tries for piece in trie.pieces()), *self.everything]

    def find(self, host: str, path: str, method: str) -> Match[Operation] | None:
        """The operation for a path, at its host first."""
        if self.hosted:
            routes = self.hosted.get(host.lower()) or self.hosted.get(host.lower().rpartition(":")[0])
            if routes is not None and (match := routes.find(path, method)) is not None:
                return match
        return self.routes.find(path, method)

    def owner(self, path: str) -> Contract | None:
        """The contract below whose base path a path lies; the longest base path counts."""
        found = self._owner(path, None)
        return found.contract if found is not None else None

    def fallback(self, host: str, path: str) -> Operation | None:
        """What stands for a path that no template matches, where the contract that owns it lets such calls pass.

        One that is served alone owns all paths.
        """
        if not self.lenient:
            return None
        found = self.compiled[0] if len(self.compiled) == 1 else self._owner(path, host.lower())
        return found.fallback if found is not None else None

    def _owner(self, path: str, host: str | None) -> Compiled | None:
        best: tuple[int, Compiled] | None = None
        for entry in self.compiled:
            hosts = {name.lower() for name in entry.contract.hosts} if host is not None else ()
            if host is not None and hosts and host not in hosts and host.rpartition(":")[0] not in hosts:
                continue
            for base in entry.contract.base_paths:
                if (path == base or path.startswith(base + "/")) and (best is None or len(base) > best[0]):
                    best = len(base), entry
        return best[1] if best is not None else None


EMPTY = Snapshot("", "", 0, (), Trie(), {}, {})


def snapshot(
    compiled: Iterable[Compiled],
    *,
    id: str = "",
    environment: str = "",
    serial: int = 0,
    keys: Mapping[str, Key] | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
    skipped: Mapping[str, str] | None = None,
    consumers: Iterable[Consumer] = (),
    pinned: Iterable[Compiled] = (),
) -> Snapshot:
    """Puts compiled contracts together. Where two claim one path and method, the first one has it."""
    held = tuple(compiled)
    known = tuple(consumers)
    routes: Trie[Operation] = Trie()
    hosted: dict[str, Trie[Operation]] = {}
    for entry in held:
        targets = [hosted.setdefault(host.lower(), Trie()) for host in entry.contract.hosts] or [routes]
        for target in targets:
            _add(target, entry)
    return Snapshot(
        id,
        environment,
        serial,
        held,
        routes,
        MappingProxyType(hosted),
        MappingProxyType(dict(keys or {})),
        bounds,
        MappingProxyType(dict(skipped or {})),
        MappingProxyType(
            {consumer.name: consumer for consumer in known} | {consumer.id: consumer for consumer in known}
        ),
        lenient=any(entry.fallback is not None for entry in held),
        pinned=MappingProxyType(
            {(held.contract.name, held.contract.version): _pinned(held) for held in pinned}
        ),
    )


def _add(target: Trie[Operation], entry: Compiled) -> None:
    greedy = entry.contract.rules.wildcards == "greedy"
    for template, method, operation in entry.operations:
        for base in operation.base_paths or entry.contract.base_paths:
            target.add(base + template, method, operation, greedy=greedy)
            if base and template == "/":
                target.add(base, method, operation)  # both are how clients write the root


def _pinned(entry: Compiled) -> Pinned:
    routes: Trie[Operation] = Trie()
    _add(routes, entry)
    return Pinned(entry, routes)
