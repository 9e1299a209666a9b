"""Gets what decisions say that they need, once for all that wait for it, and keeps it within bounds."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Hashable, Iterable
from typing import Any

import httpx

from gateway.callers.evidence import Evidence, IssuerKeys, Need, Password, TokenState
from gateway.callers.trust import Trust

from .fetching import Unreachable
from .introspection import introspect
from .issuers import IssuerSource
from .passwords import fits

MOST_TOKENS = 10_000
MOST_PASSWORDS = 1_000
AT_ONCE = 200
"""Questions to others that are on their way; beyond it a call is refused rather than queued."""
HASHES = 16
"""Passwords that wait to be hashed; they take processor time."""
_EVERY = 1.0


class Gathering:
    """The evidence of one gateway, and where it comes from. `clock` is seconds since 1970."""

    def __init__(
        self,
        trust: Trust,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.evidence = Evidence(trust, pepper=os.urandom(32))
        self.counts: dict[tuple[str, str], int] = {}
        self.problems: dict[str, str] = {}
        self._trust = trust
        self._clock = clock
        self._http = httpx.AsyncClient(transport=transport, follow_redirects=False)
        self._issuers = {name: IssuerSource(held, self._http, now) for name, held in trust.issuers.items()}
        self._flying: dict[Hashable, asyncio.Task[None]] = {}
        self._hashing = asyncio.Semaphore(2)

    async def settle(self, needs: Iterable[Need]) -> None:
        """Tries to get all of it; what could not be had is simply not in the evidence afterwards."""
        tasks = [task for need in needs if (task := self._task(need)) is not None]
        if tasks:
            await asyncio.wait(tasks)

    async def run(self) -> None:
        """Keeps the keys of all issuers fresh until cancelled."""
        while True:
            due = [IssuerKeys(name) for name, source in self._issuers.items() if source.due]
            await self.settle(due)
            await asyncio.sleep(_EVERY)

    async def close(self) -> None:
        for task in tuple(self._flying.values()):
            task.cancel()
        await asyncio.gather(*self._flying.values(), return_exceptions=True)
        await self._http.aclose()

    def _task(self, need: Need) -> asyncio.Task[None] | None:
        """One task for all who need the same; None for what is not fetched, or where too much is on its way."""
        if isinstance(need, IssuerKeys):
            return self._start(need.issuer, self._issuer(self._issuers[need.issuer], need.unknown))
        if isinstance(need, TokenState):
            return self._start(need.digest, self._token(need))
        if isinstance(need, Password):
            waiting = sum(1 for key in self._flying if isinstance(key, tuple))
            if waiting >= HASHES and ("password", need.digest) not in self._flying:
                self._count("password", "overloaded")
                return None
            return self._start(("password", need.digest), self._password(need))
        return None

    def _start(self, key: Hashable, work: Coroutine[Any, Any, None]) -> asyncio.Task[None] | None:
        task = self._flying.get(key)
        if task is not None or len(self._flying) >= AT_ONCE:
            work.close()
            if task is None:
                self._count("all", "overloaded")
            return task
        task = self._flying[key] = asyncio.get_running_loop().create_task(work)
        task.add_done_callback(lambda _: self._flying.pop(key, None))
        return task

    async def _issuer(self, source: IssuerSource, unknown: str | None) -> None:
        name, failures = source.issuer.issuer, source.failures
        if source.keys is None or source.due or (unknown is not None and not source.knows(unknown)):
            await source.refresh()
        self._tell("issuer", name, source.problem)
        self._count("issuer", "failed" if source.failures > failures else "ok")
        if source.keys is None:
            self.evidence.keys.pop(name, None)
        else:
            self.evidence.keys[name] = source.keys

    async def _token(self, need: TokenState) -> None:
        server = self._trust.introspection
        if server is None:
            return
        try:
            held = await introspect(self._http, server, need.token, self._clock)
        except Unreachable as error:
            self._tell("introspection", server.url, str(error))
            self._count("introspection", "failed")
            return
        self._tell("introspection", server.url, "")
        self._count("introspection", "ok")
        _keep(self.evidence.tokens, need.digest, held, MOST_TOKENS)

    async def _password(self, need: Password) -> None:
        async with self._hashing:
            right = await asyncio.to_thread(fits, need.password, need.stored)
        self._count("password", "ok" if right else "failed")
        _keep(self.evidence.passwords, need.digest, right, MOST_PASSWORDS)

    def _tell(self, source: str, name: str, problem: str) -> None:
        if problem:
            self.problems[f"{source} {name}"] = problem
        else:
            self.problems.pop(f"{source} {name}", None)

    def _count(self, source: str, outcome: str) -> None:
        self.counts[source, outcome] = self.counts.get((source, outcome), 0) + 1


def _keep(held: dict[bytes, Any], key: bytes, value: Any, most: int) -> None:
    """Keeps a value; the oldest goes where there is no more room."""
    held.pop(key, None)
    while len(held) >= most:
        del held[next(iter(held))]
    held[key] = value
