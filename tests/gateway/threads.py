"""What runs in an event loop of another thread, for tests that call a gateway from outside of its loop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, TypeVar

from gateway.http.runtime import Runtime
from gateway.http.server import bind, serving

SECONDS = 20.0
"""That something in the other thread may take."""
Value = TypeVar("Value")
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Elsewhere(Generic[Value]):
    """The other thread; `value` is what the scenario gave."""

    def __init__(self, loop: asyncio.AbstractEventLoop, value: Value) -> None:
        self._loop = loop
        self.value = value

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """What a coroutine gives that is run there."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)


@contextlib.contextmanager
def elsewhere(scenario: AbstractAsyncContextManager[Value]) -> Iterator[Elsewhere[Value]]:
    """Has a scenario going on in a thread of its own while the block runs."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    begun: Future[Value] = Future()

    async def live() -> None:
        try:
            async with scenario as value:
                begun.set_result(value)
                await stop.wait()
        except BaseException as error:
            if begun.done():
                raise
            begun.set_exception(error)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ended = asyncio.run_coroutine_threadsafe(live(), loop)
    try:
        yield Elsewhere(loop, begun.result(SECONDS))
    finally:
        loop.call_soon_threadsafe(stop.set)
        try:
            ended.result(SECONDS)
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(SECONDS)
            loop.close()


@contextlib.asynccontextmanager
async def between(serve: Serve, make: Callable[[int], Runtime]) -> AsyncIterator[tuple[Runtime, int, int]]:
    """A gateway before an upstream: its runtime, made for the upstream's port, its own port, and the upstream's.

    `serve` is given each connection to the upstream.
    """
    tasks: set[asyncio.Task[Any]] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            await serve(reader, writer)
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    runtime, listener = make(port), bind("127.0.0.1", 0)
    number = listener.getsockname()[1]
    async with serving(runtime, listener, grace=1.0):
        yield runtime, number, port
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
