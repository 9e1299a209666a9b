"""Keys and answers in Redis, for several gateways: the same as in one process, each step one atomic script.

Time is Redis's own. How much it keeps is bounded by the age of entries, by the size of one, and by Redis's `maxmemory`.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from redis.exceptions import RedisError

from gateway.sharing import PAUSE, connected

from .answers import Answer, Ending, Found, unpacked
from .settings import Keeping

TIMEOUT = 0.25
"""Seconds that Redis has to answer; answers to calls are longer than counts of them."""
_BEGIN = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'print', 'state', 'until', 'answer')
if held[1] then
  if held[1] ~= ARGV[1] then return {'other'} end
  if held[2] == 'kept' then return {'kept', held[4]} end
  if held[2] == 'claimed' and now < tonumber(held[3]) then return {'claimed'} end
  if ARGV[5] == '0' then return {'unknown'} end
end
redis.call('HSET', KEYS[1], 'print', ARGV[1], 'state', 'claimed', 'token', ARGV[2], 'until', now + ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {'new'}
"""
_END = """
local held = redis.call('HMGET', KEYS[1], 'token', 'state')
if held[1] ~= ARGV[1] or held[2] ~= 'claimed' then return 0 end
if ARGV[2] == 'free' then
  redis.call('DEL', KEYS[1])
elseif ARGV[2] == 'kept' then
  redis.call('HSET', KEYS[1], 'state', 'kept', 'answer', ARGV[3])
else
  redis.call('HSET', KEYS[1], 'state', ARGV[2])
end
return 1
"""


class Shared:
    """`problem` is why Redis was not asked successfully the last time; empty where it was."""

    def __init__(
        self, settings: Keeping, *, timeout: float = TIMEOUT, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._redis = connected(settings.redis, timeout)
        self._begin = self._redis.register_script(_BEGIN)
        self._end = self._redis.register_script(_END)
        self._now = now
        self._rest_until = float("-inf")
        self.problem = ""

    async def begin(
        self, place: str, print: str, token: str, lease: float, *, again: bool
    ) -> tuple[Found, Answer | None]:
        """Claims a key that is new, as `Memory.begin`; `away` where Redis cannot be asked."""
        if self._now() < self._rest_until:
            return "away", None
        milliseconds = [str(round(lease * 1000)), str(round(self._settings.age * 1000))]
        try:
            told = await self._begin(
                keys=[_key(place)], args=[print, token, *milliseconds, "1" if again else "0"]
            )
        except (RedisError, OSError, TimeoutError) as error:
            self._failed(error)
            return "away", None
        found: Found = told[0].decode()
        try:
            answer = unpacked(told[1]) if found == "kept" else None
        except ValueError as error:
            self._failed(error)  # something else than a gateway has written there
            return "away", None
        self.problem = ""
        return found, answer

    async def end(self, place: str, token: str, how: Ending, answer: Answer | None = None) -> bool:
        """Ends a claim. False where Redis could not be told: the claim then lapses, and the key is unknown."""
        try:
            await self._end(
                keys=[_key(place)], args=[token, how, answer.packed() if answer is not None else b""]
            )
        except (RedisError, OSError, TimeoutError) as error:
            self._failed(error)
            return False
        return True

    async def close(self) -> None:
        await self._redis.aclose()
        await self._redis.connection_pool.disconnect()

    def _failed(self, error: Exception) -> None:
        self._rest_until = self._now() + PAUSE
        self.problem = type(error).__name__


def _key(place: str) -> str:
    return f"lading:idempotency:{place}"
