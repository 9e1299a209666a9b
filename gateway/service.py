"""A gateway process put together: what it serves, what it counts, what operators may ask it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import socket
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from gateway.acceptors.acceptor import WORKSHOP
from gateway.admin import administration
from gateway.bundle.beside import Pace
from gateway.bundle.client import Client
from gateway.bundle.compiling import compile_bundle
from gateway.bundle.manifest import Manifest
from gateway.bundle.store import Store
from gateway.configuration import PLAIN, Configuration
from gateway.evidence.gathering import Gathering
from gateway.http.runtime import Observer, Runtime, Timeouts
from gateway.http.server import GRACE, serving, until_told
from gateway.idempotency.metrics import keys_of
from gateway.logs import AccessLog, Lines
from gateway.metrics import Metrics, gauges_of
from gateway.observations.counting import Counting
from gateway.observations.drift import Drift
from gateway.observations.leftovers import Leftovers, claim
from gateway.observations.sending import INTERVAL, Sender
from gateway.observations.spool import Spool
from gateway.rules import DEFAULT_RULES, Rules
from gateway.sharing import SharedRates
from gateway.snapshot.snapshot import EMPTY, Snapshot
from gateway.tracing.exporter import Exporter
from gateway.tracing.tracer import Tracer
from gateway.upstreams.metrics import metrics_of
from gateway.verdicts import Request
from gateway.workers.administration import together
from gateway.workers.merging import told
from gateway.workers.peers import Peers
from gateway.workers.worker import Worker


@dataclass(frozen=True, slots=True)
class Registry:
    """Where the bundle comes from and the counts go. `keys` pins the registry's public keys (a JWKS)."""

    url: str
    token: str
    environment: str
    name: str
    folder: Path
    keys: dict[str, Any] | None = None
    interval: float = INTERVAL


class Service:
    """The parts of one gateway. `access_log` is where lines of JSON go, None for no log; `rules` are for the
    contracts of the bundle; `watching` hear of every call as well.

    Raises `gateway.observations.spool.InUse` where another gateway has the registry's folder.
    """

    def __init__(
        self,
        snapshot: Snapshot = EMPTY,
        *,
        registry: Registry | None = None,
        access_log: BinaryIO | None = None,
        timeouts: Timeouts | None = None,
        configuration: Configuration = PLAIN,
        rules: Rules = DEFAULT_RULES,
        worker: Worker | None = None,
        watching: tuple[Observer, ...] = (),
    ) -> None:
        self._rules = rules
        self.worker = worker
        self._settings = configuration.upstreams
        self.metrics = Metrics()
        observers: tuple[Observer, ...] = (self.metrics, *watching)
        several = worker is not None
        self._lines = Lines(access_log, shared=several) if access_log is not None else None
        if self._lines is not None:
            observers += (AccessLog(self._lines.write, time.time),)
        self.spool: Spool | None = None
        self.counting: Counting | None = None
        self.drift: Drift | None = None
        self.client: Client | None = None
        self.sender: Sender | None = None
        self.leftovers: Leftovers | None = None
        if registry is not None:
            self.spool = claim(registry.folder) if several else Spool(registry.folder / "spool")
            # First, so that a call is on the disk before anything else can happen to it.
            self.counting = Counting(self.spool, time.time)
            self.drift = Drift(self.spool, time.time)
            observers = (self.counting, *observers, self.drift)
        tracer = None
        self.exporter: Exporter | None = None
        if configuration.tracing is not None:
            name = registry.name if registry is not None else socket.gethostname()
            self.exporter = Exporter(configuration.tracing, f"{name}:{os.getpid()}")
            tracer = Tracer(configuration.tracing, self.exporter.take)
            observers += (tracer,)
        self.gathering = Gathering(configuration.trust)
        rates = worker.rates if worker is not None else None
        self.shared = (
            SharedRates(configuration.redis, configuration.when_away, local=rates)
            if configuration.redis
            else None
        )
        self.runtime = Runtime(
            snapshot,
            observers=observers,
            timeouts=timeouts,
            gathering=self.gathering,
            shared=self.shared,
            shedding=configuration.shedding,
            keeping=configuration.keeping,
            tracer=tracer,
            entrance=configuration.entrance,
            rates=rates,
        )
        self.runtime.replays.alone = not several
        if registry is not None and self.spool is not None:
            self._connect(registry, self.spool)
        alone = administration(self.runtime, self.metrics, self.details)
        self.runtime.admin = alone
        self.peers: Peers | None = None
        if worker is not None:
            answers = {
                "metrics": lambda: told(self.metrics.collect()),
                "ready": lambda: alone(Request("GET", b"/-/readyz"))[2],
            }
            self.peers = Peers(worker.folder, worker.number, worker.of, answers)
            self.runtime.admin = together(alone, self.peers)
        self.metrics.watch(gauges_of(self.runtime))
        self.metrics.watch(keys_of(self.runtime.replays))
        self.metrics.watch(metrics_of(self.runtime.groups, self.runtime.now))
        self.metrics.watch(self._gauges)

    def _connect(self, registry: Registry, spool: Spool) -> None:
        store = Store(registry.folder / "bundle")
        runtime = self.runtime

        def compile(manifest: Manifest) -> Snapshot:
            return compile_bundle(
                manifest,
                store.content,
                runtime.snapshot,
                rules=self._rules,
                settings=self._settings,
                rest=Pace().rest,
            )

        self.client = Client(
            registry.url,
            registry.token,
            registry.environment,
            store,
            compile,
            runtime.swap,
            keys=registry.keys,
        )

        def sender(spool: Spool) -> Sender:
            return Sender(
                spool,
                registry.url,
                registry.token,
                registry.name,
                registry.environment,
                interval=registry.interval,
            )

        self.sender = sender(spool)
        self.leftovers = Leftovers(registry.folder, sender)
        self.client.start_from_disk()

    def for_operators(self) -> Runtime:
        """A runtime that answers operators and nobody else; the gateway's own leaves it to that one."""
        held = Runtime(timeouts=self.runtime.timeouts)
        held.admin = self.runtime.admin
        self.runtime.administers = False
        return held

    def details(self) -> dict[str, Any]:
        """What readiness tells beyond the snapshot."""
        told: dict[str, Any] = {}
        if self.client is not None:
            told["registry"] = self.client.status.as_dict()
        if self.sender is not None and self.spool is not None:
            told["observations"] = {
                "waiting": len(self.spool.sealed),
                "dropped": self.spool.dropped,
                "problem": self.sender.problem
                or self.spool.problem
                or (self.leftovers.problem if self.leftovers is not None else ""),
            }
        broken = {
            f"{contract.name}@{contract.version}": contract.broken
            for contract in self.runtime.snapshot.contracts
            if contract.broken
        }
        if self.gathering.problems:
            told["identity"] = dict(self.gathering.problems)
        certificates = self.runtime.certificates
        if certificates is not None:
            told["certificate"] = {
                "expires": certificates.ends.isoformat(timespec="seconds"),
                "problem": certificates.problem,
            }
            if by_name := certificates.by_name:
                told["certificate"]["hosts"] = {
                    name: ends.isoformat(timespec="seconds") for name, ends in by_name.items()
                }
        if WORKSHOP.problem:
            told["compiled schemas"] = {"problem": WORKSHOP.problem}
        if self.shared is not None:
            told["limits"] = {"problem": self.shared.problem}
        if self.exporter is not None:
            told["tracing"] = {"problem": self.exporter.problem}
        snapshot = self.runtime.snapshot
        strangers = self._settings.strangers(snapshot.lines)
        strangers += [f"{held.name}: {key}" for held in snapshot.contracts for key in held.unmatched]
        if strangers:
            told["settings for nothing"] = strangers
        keys = self.runtime.replays.shared
        if keys is not None:
            told["idempotency"] = {"problem": keys.problem}
        unwell = self.runtime.groups.told(self.runtime.now())
        if unwell:
            told["upstreams"] = unwell
        return told | ({"broken": broken} if broken else {}) | self._skipped()

    def _skipped(self) -> dict[str, Any]:
        skipped = self.runtime.snapshot.skipped
        return {"skipped": dict(skipped)} if skipped else {}

    def _gauges(self) -> Iterator[Metric]:
        if self.spool is not None:
            yield GaugeMetricFamily(
                "lading_gateway_spool_segments",
                "Batches that wait for the registry",
                len(self.spool.sealed) + (self.leftovers.waiting if self.leftovers is not None else 0),
            )
            yield CounterMetricFamily(
                "lading_gateway_observations_dropped",
                "Observations that the spool had no room for",
                self.spool.dropped,
            )
        if self.counting is not None and self.drift is not None:
            beyond = CounterMetricFamily(
                "lading_gateway_observations_beyond",
                "Observations that were too many to be told apart",
                labels=["kind"],
            )
            beyond.add_metric(["shadow"], self.counting.shadows.beyond)
            beyond.add_metric(["use"], self.drift.beyond)
            yield beyond
        if self.client is not None:
            yield CounterMetricFamily(
                "lading_gateway_bundles_refused",
                "Bundles that were not taken over",
                self.client.status.refused,
            )

        if self.worker is not None:
            yield CounterMetricFamily(
                "lading_gateway_worker_restarts",
                "How often the worker's place was taken anew after a death",
                self.worker.restarts,
            )
        if self.exporter is not None:
            yield from self.exporter.gauges()
        yield GaugeMetricFamily(
            "lading_gateway_compiled_schemas",
            "Schemas whose texts are known without reading them",
            WORKSHOP.made,
        )
        asked = CounterMetricFamily(
            "lading_gateway_identity", "What was asked about credentials", labels=["source", "outcome"]
        )
        for (source, outcome), count in self.gathering.counts.items():
            asked.add_metric([source, outcome], count)
        yield asked
        if self.shared is not None:
            limits = CounterMetricFamily(
                "lading_gateway_limits", "Calls by who kept their limits", labels=["by"]
            )
            for by, count in self.shared.counts.items():
                limits.add_metric([by], count)
            yield limits

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Follows the bundle and sends what was counted while the block runs; sends the rest when it ends."""
        loop = asyncio.get_running_loop()
        tasks = [loop.create_task(self.gathering.run())]
        if self.client is not None and self.sender is not None:
            tasks += [loop.create_task(self.client.follow()), loop.create_task(self.sender.run())]
        if self.leftovers is not None:
            tasks.append(loop.create_task(self.leftovers.run()))
        if self.exporter is not None:
            tasks.append(loop.create_task(self.exporter.run()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.gathering.close()
            await self.runtime.replays.close()
            if self.shared is not None:
                await self.shared.close()
            if self.client is not None:
                await self.client.close()
            if self.sender is not None:
                await self.sender.finish()
            if self.exporter is not None:
                await self.exporter.finish()
            if self.spool is not None:
                self.spool.close()
            if self._lines is not None:
                self._lines.flush()


async def run(
    service: Service, listener: socket.socket, *, office: socket.socket | None = None, grace: float = GRACE
) -> None:
    """Serves until the process is told to end, or its supervisor is gone. Raises `gateway.http.tls.Unusable`.

    With `office` operators are answered there, and no longer on the port of callers.
    """
    worker, peers = service.worker, service.peers
    # What is there by now stays; looking through it for garbage took 40 ms at a time when orders were large.
    gc.freeze()
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(service.working())
        if office is not None:
            # It is still there while calls drain, and says that the gateway is not ready.
            await stack.enter_async_context(serving(service.for_operators(), office, grace=0.0))
        listening = await stack.enter_async_context(serving(service.runtime, listener, grace))
        if worker is None or peers is None:
            await until_told(listening.reload)
            return
        await stack.enter_async_context(peers.listening())
        worker.tell_ready()
        await _first(until_told(listening.reload), worker.orphaned())


async def _first(*waits: Coroutine[Any, Any, None]) -> None:
    """Waits for one of them, and ends the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
