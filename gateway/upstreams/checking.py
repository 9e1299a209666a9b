"""Active health checks: one address is asked now and then. Driven by ticks, so that no task outlives its address."""

from __future__ import annotations

import random

from gateway.verdicts import Header

from .connection import Ticket
from .policy import Checks
from .pool import Pool
from .receiving import Failure
from .standing import Standing


class Checker:
    """Asks one address, and tells its standing what came of it. It is the receiver of its own question."""

    def __init__(self, settings: Checks, pool: Pool, standing: Standing) -> None:
        self._settings = settings
        self._pool = pool
        self._standing = standing
        self._due = 0.0
        self._deadline = 0.0
        self._asked: Ticket | None = None
        self._status = 0
        self._request = b"GET %s HTTP/1.1\r\nhost: %s\r\nuser-agent: lading-health\r\n\r\n" % (
            settings.path.encode("ascii", "replace"),
            pool.authority,
        )
        self.problem = ""
        """Why the last check failed; empty where it went well."""

    def tick(self, now: float) -> None:
        """Asks where it is time to, and stops waiting where the answer is late."""
        if self._asked is not None:
            if now >= self._deadline:
                self._asked.cancel()
                self._over(f"no answer within {self._settings.timeout:g} s")
        elif now >= self._due:
            if not self._due:
                # Gateways that start together do not ask together.
                self._due = now + random.uniform(0, self._settings.interval)  # noqa: S311 - no secret
                return
            self._due = now + self._settings.interval
            self._deadline = now + self._settings.timeout
            self._status = 0
            self._asked = self._pool.send(self._request, self, head_only=False, repeatable=True)

    @property
    def asking(self) -> bool:
        return self._asked is not None

    def stop(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None:
        self._status = status

    def response_data(self, data: bytes) -> None:
        """The body says nothing."""

    def response_trailers(self, trailers: list[Header]) -> None: ...

    def response_complete(self) -> None:
        self._over("" if self._status < 400 else f"status {self._status}")

    def response_failed(self, failure: Failure) -> None:
        self._over(failure.reason)

    def _over(self, problem: str) -> None:
        if self._asked is None:
            return
        self._asked = None
        self.problem = problem
        self._standing.checked(self._settings, not problem)
