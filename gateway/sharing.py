"""Rate limits that several gateways keep together in Redis: the same algorithm, in one atomic script.

Time is Redis's own, so that gateways need not agree on theirs. Intervals are counted in microseconds.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gateway.rates import Demand, Grant, Rates, granted, refused
from gateway.verdicts import Refusal

WhenAway: TypeAlias = Literal["allow-local", "refuse"]
TIMEOUT = 0.1
"""Seconds that Redis has to answer."""
PAUSE = 1.0
"""Seconds after a failure in which Redis is not asked."""
UNAVAILABLE = Refusal(
    503,
    "limits-unavailable",
    "The limits cannot be kept",
    "What the gateways share their limits by does not answer.",
    headers=((b"retry-after", b"2"),),
)
_SCRIPT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local ahead, room, all = {}, {}, true
for i, key in ipairs(KEYS) do
  local interval, depth = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  ahead[i] = math.max(tonumber(redis.call('GET', key) or now) - now, 0)
  room[i] = ahead[i] + interval <= depth + 0.5
  all = all and room[i]
end
local told = {}
for i, key in ipairs(KEYS) do
  local used = ahead[i]
  if all then
    used = used + tonumber(ARGV[2 * i - 1])
    redis.call('SET', key, string.format('%.0f', now + used), 'PX', math.ceil(used / 1000) + 1)
  end
  table.insert(told, room[i] and 1 or 0)
  table.insert(told, string.format('%.0f', used))
end
return told
"""


def connected(url: str, timeout: float) -> Redis:
    """A client that answers or fails within a time, in seconds, and does not try again by itself."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=64,
        timeout=timeout,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
    )
    return Redis(connection_pool=pool)


class SharedRates:
    """Limits in one Redis. `counts` says by whom calls were decided: shared, local, refused."""

    def __init__(
        self,
        url: str,
        when_away: WhenAway = "refuse",
        *,
        timeout: float = TIMEOUT,
        now: Callable[[], float] = time.monotonic,
        local: Rates | None = None,
    ) -> None:
        self._redis = connected(url, timeout)
        self._script = self._redis.register_script(_SCRIPT)
        self._when_away = when_away
        self._local = Rates() if local is None else local
        self._now = now
        self._rest_until = float("-inf")
        self.counts = {"shared": 0, "local": 0, "refused": 0}
        self.problem = ""

    async def take(self, asked: Sequence[Demand], now: float) -> list[Grant] | Refusal:
        """A grant for each allowance, none of which was used where one refuses; a refusal where Redis is away and that
        counts."""
        if self._now() >= self._rest_until:
            try:
                grants = await self._shared(asked)
            except (RedisError, OSError, TimeoutError) as error:
                self._rest_until = self._now() + PAUSE
                self.problem = type(error).__name__
            else:
                self.problem = ""
                self.counts["shared"] += 1
                return grants
        if self._when_away == "refuse":
            self.counts["refused"] += 1
            return UNAVAILABLE
        self.counts["local"] += 1
        return self._local.take_all(asked, now)

    async def close(self) -> None:
        await self._redis.aclose()
        await self._redis.connection_pool.disconnect()

    async def _shared(self, asked: Sequence[Demand]) -> list[Grant]:
        numbers: list[str] = []
        for demand in asked:
            numbers += [f"{demand.plan.interval * 1e6:.3f}", f"{demand.plan.depth * 1e6:.3f}"]
        told = await self._script(keys=[_key(demand) for demand in asked], args=numbers)
        return [
            _grant(demand, bool(int(allowed)), int(micros) / 1e6)
            for demand, allowed, micros in zip(asked, told[::2], told[1::2], strict=True)
        ]


def _key(demand: Demand) -> str:
    """The braces keep all allowances of one caller on one node of a cluster."""
    caller, scope, major = demand.key
    digest = hashlib.sha256(caller.encode()).hexdigest()[:32]
    return f"lading:rate:{{{digest}}}:{scope}:{major}"


def _grant(demand: Demand, allowed: bool, ahead: float) -> Grant:
    return granted(demand.plan, ahead) if allowed else refused(demand.plan, ahead)
