"""`python -m benchmarks.gateway.load PORT SIZE CONNECTIONS SECONDS KEY [RATE]`: posts orders and measures.

Without RATE each connection sends its next request when the answer is there. With RATE so many requests a second
are sent in all, and latency counts from when a request was due. Prints one line of JSON, when the time is
over or at SIGTERM.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from typing import Any, cast

import httptools
import orjson
import uvloop

from .orders import order, posted


class Caller(asyncio.Protocol):
    """One connection of the load."""

    def __init__(self, request: bytes, results: Results) -> None:
        self._request = request
        self._results = results
        self.busy = False
        self._begun = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._parser: Any = httptools.HttpResponseParser(self)
        self._loop = asyncio.get_running_loop()

    def send(self, due: float | None = None) -> None:
        self.busy = True
        self._begun = due if due is not None else self._loop.time()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        self.busy = False
        self._results.add(self, self._loop.time() - self._begun, self._parser.get_status_code())


class Results:
    """Counts answers (`sent` all of them, `latencies` those within the measured time), and sends on."""

    def __init__(self) -> None:
        self.latencies: list[float] = []
        self.wrong = 0
        self.sent = 0
        self.counting = False
        self.closed_loop = True
        self.due: list[float] = []

    def add(self, caller: Caller, latency: float, status: int) -> None:
        self.sent += 1
        if self.counting:
            self.latencies.append(latency)
            self.wrong += status != 200
        if self.closed_loop:
            caller.send()
        elif self.due:
            caller.send(self.due.pop(0))


async def _main(port: int, size: int, connections: int, seconds: float, key: str, rate: float) -> None:
    loop = asyncio.get_running_loop()
    request = posted(order(size), key)
    results = Results()
    results.closed_loop = not rate
    made = [
        await loop.create_connection(lambda: Caller(request, results), "127.0.0.1", port)
        for _ in range(connections)
    ]
    callers = [caller for _, caller in made]
    pace = loop.create_task(_pace(callers, results, rate)) if rate else None
    if not rate:
        for caller in callers:
            caller.send()
    await asyncio.sleep(min(1.0, seconds / 3))
    results.counting = True
    begun = loop.time()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await ended.wait()
    results.counting = False
    took = loop.time() - begun
    if pace is not None:
        pace.cancel()
    latencies = sorted(results.latencies)
    told = {
        "per_second": len(latencies) / took,
        "p50_ms": 1000 * latencies[len(latencies) // 2] if latencies else None,
        "p99_ms": 1000 * latencies[int(len(latencies) * 0.99)] if latencies else None,
        "max_ms": 1000 * latencies[-1] if latencies else None,
        "late": sum(latency > 0.05 for latency in latencies),
        "wrong": results.wrong,
        "sent": results.sent,
    }
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")


async def _pace(callers: list[Caller], results: Results, rate: float) -> None:
    loop = asyncio.get_running_loop()
    due, step = loop.time(), 1.0 / rate
    while True:
        now = loop.time()
        while due <= now:
            free = next((caller for caller in callers if not caller.busy), None)
            if free is None:
                results.due.append(due)
            else:
                free.send(due)
            due += step
        await asyncio.sleep(max(0.0, due - loop.time()))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    uvloop.run(
        _main(
            int(arguments[0]),
            int(arguments[1]),
            int(arguments[2]),
            float(arguments[3]),
            arguments[4],
            float(arguments[5]) if len(arguments) > 5 else 0.0,
        )
    )
