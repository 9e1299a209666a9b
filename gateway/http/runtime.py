"""What all connections of a gateway process share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from gateway.callers.evidence import NONE
from gateway.evidence.gathering import Gathering
from gateway.idempotency.replays import Replays
from gateway.idempotency.settings import USUAL as KEEPING
from gateway.idempotency.settings import Keeping
from gateway.pipeline import admit
from gateway.pressure import TICK, USUAL, Pressure, Shedding
from gateway.rates import Rates
from gateway.sharing import SharedRates
from gateway.snapshot.snapshot import EMPTY, Snapshot
from gateway.tracing.tracer import Tracer
from gateway.upstreams.groups import Groups
from gateway.verdicts import Decision, Outcome, Refusal, Request, Verdict
from gateway.websockets.relay import Relays

from .administration import Answer
from .certificates import Certificates
from .entrance import PLAIN_ENTRANCE, Entrance
from .exchange import Exchange
from .forwarding import Origin


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds."""

    head: float = 15.0
    """From the first byte of a request to the end of its header fields; also for the first request."""
    body: float = 60.0
    upstream: float = 30.0
    """From the complete request to the response."""
    stream: float = 60.0
    """Between two pieces of a streamed response."""
    idle: float = 75.0
    """Between two requests."""


class Observer(Protocol):
    """Hears of every call that is over, before its answer is sent."""

    def record(
        self,
        exchange: Exchange,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
        seconds: float,
    ) -> None: ...


class Front(Protocol):
    """A client's connection, whatever it speaks. `deadline` stands for what it waits for, `expire` says it is past.
    `held` are the bytes of bodies and answers that it keeps in memory."""

    deadline: float

    @property
    def held(self) -> int: ...

    def expire(self) -> None: ...

    def drain(self) -> None:
        """Closes the connection when it has nothing left to answer."""

    def abort(self) -> None: ...


class Runtime:
    """The snapshot in force, the limits, the pools of upstream connections, and who listens to what happens."""

    def __init__(
        self,
        snapshot: Snapshot = EMPTY,
        *,
        observers: tuple[Observer, ...] = (),
        timeouts: Timeouts | None = None,
        most_connections: int = 10_000,
        clock: Callable[[], float] = time.time,
        administers: bool = True,
        gathering: Gathering | None = None,
        shared: SharedRates | None = None,
        shedding: Shedding = USUAL,
        keeping: Keeping = KEEPING,
        tracer: Tracer | None = None,
        entrance: Entrance = PLAIN_ENTRANCE,
        rates: Rates | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.entrance = entrance
        self.rates = Rates() if rates is None else rates
        self.shared = shared
        self.tracer = tracer
        self.local_rates = self.rates if shared is None else None
        """What is limited at once; None where limits are shared and asked for later."""
        self.gathering = gathering
        self.evidence = gathering.evidence if gathering is not None else NONE
        self.timeouts = timeouts or Timeouts()
        self.clock = clock
        self.now: Callable[[], float] = time.monotonic
        self.draining = False
        self.certificates: Certificates | None = None
        self.administers = administers
        self.admin: Callable[[Request], Answer | Awaitable[Answer]] = _no_admin
        self.fronts: set[Front] = set()
        self.empty = asyncio.Event()
        self.empty.set()
        self.bad_requests: dict[str, int] = {}
        self.relays = Relays()
        self._recorders = tuple(observer.record for observer in observers)
        self._most = most_connections
        self.pressure = Pressure(shedding)
        self.pressed = False
        """Whether some calls are turned away at the moment."""
        self.inside: set[Exchange] | None = set() if shedding.in_flight is not None else None
        """Calls in hand, where their number is bounded."""
        self.replays = Replays(keeping, limit=self.timeouts.upstream)
        self.orphans: set[Exchange] = set()
        """Calls that go on though their callers have gone, as their answers are to be kept."""
        self.groups = Groups()
        self.groups.swap(snapshot.contracts)

    def swap(self, snapshot: Snapshot) -> None:
        """Puts another snapshot in force; calls that are on their way end under the old one."""
        self.snapshot = snapshot
        self.groups.swap(snapshot.contracts)

    async def decided(self, request: Request, decision: Decision) -> Decision:
        """The decision about a whole request, made again with what could be found out."""
        for final in (False, True):  # keys that have come may still lack the one that the token names
            if self.gathering is not None:
                await self.gathering.settle(decision.needs)
            decision = admit(
                self.snapshot, request, self.local_rates, self.clock(), self.evidence, whole=True, final=final
            )
            if not decision.needs:
                break
        return decision

    def origin(self, transport: asyncio.BaseTransport, version: str, address: str | None = None) -> Origin:
        """Where the calls of a new connection come from, as far as it says and is believed.

        `address` is what a load balancer said of it before it began.
        """
        entrance = self.entrance
        forward = entrance.tls is not None and entrance.tls.forward
        return Origin.of(transport, version, entrance.proxies, forward=forward, address=address)

    def welcome(self, front: Front) -> bool:
        """Takes a new connection in, unless there are too many."""
        if len(self.fronts) >= self._most:
            self.count_bad("too-many-connections")
            return False
        self.fronts.add(front)
        self.empty.clear()
        return True

    def turned_away(self, exchange: Exchange) -> Refusal | None:
        """Takes a call in hand where `inside` is counted, or refuses it: there are as many as there may be."""
        inside, most = self.inside, self.pressure.settings.in_flight
        if inside is None or most is None:
            return None
        if len(inside) >= most:
            return self.pressure.too_many()
        inside.add(exchange)
        return None

    def take_in(self, front: Front) -> None:
        """Takes in what stands for a connection that was welcomed before."""
        self.fronts.add(front)
        self.empty.clear()

    def farewell(self, front: Front) -> None:
        self.fronts.discard(front)
        self._tell_empty()

    def adopt(self, exchange: Exchange) -> None:
        """A call goes on without its caller."""
        self.orphans.add(exchange)
        self.empty.clear()

    def _tell_empty(self) -> None:
        if not self.fronts and not self.orphans:
            self.empty.set()

    def count_bad(self, code: str) -> None:
        """Counts what could not even be read as a request."""
        self.bad_requests[code] = self.bad_requests.get(code, 0) + 1

    def record(
        self,
        exchange: Exchange,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
    ) -> None:
        if self.inside is not None:
            self.inside.discard(exchange)
        if self.orphans:
            self.orphans.discard(exchange)
            self._tell_empty()
        seconds = self.now() - exchange.started
        for record in self._recorders:
            record(exchange, status, outcome, verdict, body, refusal, seconds)

    def sweep(self) -> None:
        """Ends what has waited too long."""
        now = self.now()
        for front in [front for front in self.fronts if front.deadline < now]:
            front.expire()
        self.pressure.weigh(sum(front.held for front in self.fronts))
        self.groups.tick(now)

    async def sweeping(self, every: float = 0.5) -> None:
        """Sweeps, and minds how late it comes to it, until cancelled."""
        swept = self.now()
        while True:
            due = self.now() + TICK
            await asyncio.sleep(TICK)
            now = self.now()
            self.pressure.look(now - due)
            self.pressed = self.pressure.share > 0.0 or self.pressure.heavy
            if now - swept >= every:
                swept = now
                self.sweep()

    def close(self) -> None:
        """Closes the connections to upstreams."""
        self.groups.close()


def _no_admin(request: Request) -> Answer:
    return 404, [(b"content-type", b"text/plain")], b"not here\n"
