"""The addresses of an upstream as one: which of them a call goes to, and whether it may go at all."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import Any

from .breaker import Breaker
from .checking import Checker
from .policy import NO_RETRIES, WHERE_OTHERS_ARE, Policy
from .pool import Pool
from .receiving import BUSY, Failure
from .retrying import Budget
from .standing import Standing


class Endpoint:
    """One address: its connections and how it stands. Groups with the same policy share it."""

    __slots__ = ("address", "checker", "pool", "standing")

    def __init__(self, address: str, policy: Policy) -> None:
        self.address = address
        self.pool = Pool(
            address,
            most=policy.connections,
            waiting=policy.waiting,
            patience=policy.patience,
            connect_timeout=policy.connect_timeout,
            idle=policy.idle,
        )
        self.standing = Standing()
        self.checker = Checker(policy.checks, self.pool, self.standing) if policy.checks is not None else None

    def tick(self, now: float) -> None:
        self.pool.sweep(now)
        if self.checker is not None:
            self.checker.tick(now)

    def close(self) -> None:
        if self.checker is not None:
            self.checker.stop()
        self.pool.close()

    def takes(self, now: float) -> bool:
        standing = self.standing
        return standing.clean or standing.takes(now, self.pool.in_flight)


class Group:
    """Addresses that serve the same. `plain` is the pool where there is one address and nothing to guard: a call may
    then be sent there without more ado."""

    def __init__(self, endpoints: Sequence[Endpoint], policy: Policy) -> None:
        self.endpoints = tuple(endpoints)
        self.policy = policy
        self.label = ",".join(endpoint.address for endpoint in endpoints)
        several = len(self.endpoints) > 1
        usual = WHERE_OTHERS_ARE if several else NO_RETRIES
        self.retries = policy.retries if policy.retries is not None else usual
        self.budget = Budget(self.retries)
        self._ejection = policy.ejection if several else None
        self.breaker = Breaker(policy.breaking) if policy.breaking is not None else None
        guarded = several or self.breaker or policy.in_flight is not None or self.retries.attempts
        self.plain: Pool | None = None if guarded else self.endpoints[0].pool
        most = policy.ejection.most if policy.ejection is not None else 1.0
        self._least = max(1, len(self.endpoints) - int(most * len(self.endpoints)))
        """Addresses that have to be well for the others to be left out."""
        self._in_flight = 0
        self.shed = 0
        self.retried: dict[str, int] = {}

    # Calls

    @property
    def full(self) -> bool:
        """Whether a call would be turned away by all addresses."""
        if self.plain is not None:
            return self.plain.full
        return all(held.pool.full for held in self.endpoints)

    def enter(self, now: float) -> Failure | None:
        """Takes a call in, or says why not. Each call that is taken in ends with `leave`, once."""
        most = self.policy.in_flight
        if most is not None and self._in_flight >= most:
            self.shed += 1
            return BUSY
        if self.breaker is not None:
            wait = self.breaker.admit(now)
            if wait:
                return Failure("open", "the upstream has failed too often and is left alone", wait)
        self._in_flight += 1
        self.budget.call()
        return None

    def answered(self, endpoint: Endpoint, now: float) -> bool:
        """A head has come that is well. Where that is waited for, on probation or half open, it counts now and True is
        given: what follows may be a stream that goes on for hours."""
        waited = False
        if not endpoint.standing.clean:
            self.succeeded(endpoint, now)
            waited = True
        if self.breaker is not None and self.breaker.state(now) == "half-open":
            self.breaker.succeeded(now)
            waited = True
        return waited

    def leave(self, well: bool | None, now: float, *, counted: bool = False) -> None:
        """A call is over: well, or not, or (None) without saying anything about the upstream. However many tries it took,
        it is one call: the breaker minds what callers get, ejection what addresses do. `counted`: it was, when its head
        came."""
        self._in_flight -= 1
        if self.breaker is None or (counted and well is not False):
            return
        if well is None:
            self.breaker.abandoned(now)
        elif well:
            self.breaker.succeeded(now)
        else:
            self.breaker.failed(now)

    def pick(self, tried: Collection[Endpoint], now: float) -> Endpoint:
        """The less busy one of two that are drawn (power of two choices), of those that take calls and were not tried."""
        endpoints: Sequence[Endpoint] = self.endpoints
        if len(endpoints) == 1:
            return endpoints[0]
        for endpoint in endpoints:
            if not endpoint.standing.clean:
                endpoints = self._usable(now)
                break
        if tried:
            endpoints = [held for held in endpoints if held not in tried] or endpoints
        count = len(endpoints)
        if count == 1:
            return endpoints[0]
        first = int(random.random() * count)  # noqa: S311 - a choice, not a secret
        second = int(random.random() * (count - 1))  # noqa: S311
        one, other = endpoints[first], endpoints[second + (second >= first)]
        return one if one.pool.in_flight <= other.pool.in_flight else other

    def _usable(self, now: float) -> Sequence[Endpoint]:
        """Those that take calls; all of them where fewer are well than have to be. An address that is thought unwell is
        better than a certain refusal, and than too much for the last that is well."""
        inside = [held for held in self.endpoints if not held.standing.out(now)]
        if len(inside) < self._least:
            for held in self.endpoints:
                held.standing.recall(now)
            return self.endpoints
        return [held for held in inside if held.takes(now)] or inside

    def elsewhere(self, tried: Collection[Endpoint], now: float) -> bool:
        """Whether another address takes calls."""
        return any(held not in tried and held.takes(now) for held in self.endpoints)

    # What came of their tries

    def succeeded(self, endpoint: Endpoint, now: float) -> None:
        endpoint.standing.succeeded(self.policy.ejection, now)

    def failed(self, endpoint: Endpoint, now: float) -> None:
        endpoint.standing.failed(self._ejection, now)

    def steady(self, now: float) -> bool:
        """Whether the breaker lets calls go on."""
        return self.breaker is None or self.breaker.state(now) != "open"

    # What is told

    def told(self, now: float) -> dict[str, Any]:
        """What is not well, for operators; empty where all is."""
        found: dict[str, Any] = {
            held.address: held.checker.problem if held.checker and held.checker.problem else state
            for held in self.endpoints
            if (state := held.standing.state(now)) != "well"
        }
        if self.breaker is not None and (breaker := self.breaker.state(now)) != "closed":
            found["breaker"] = breaker
        return found
