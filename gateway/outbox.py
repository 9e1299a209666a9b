"""What is written in one turn of the event loop, sent together when its calls have been worked on.

Each write to a socket goes through the whole of the network stack, wakes the other side, and leaves the caches to the next
call as the kernel has used them. One after the other they cost a quarter less (docs/performance.md). Nothing waits for
them: what is sent is what one turn has made, and a turn lasts as long as the calls that have come.
"""

from __future__ import annotations

import asyncio
from typing import Final
from weakref import WeakKeyDictionary


class Outbox:
    """The writes and ends of connections of one event loop, in their order. A connection whose output goes through here must
    not be written to or closed in another way; it may be aborted."""

    __slots__ = ("_call_soon", "_held", "turn")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._call_soon = loop.call_soon
        self._held: list[tuple[asyncio.Transport, bytes | None]] = []
        self.turn = 0
        """Grows when what was written is sent: what was written in this very turn is not."""

    def write(self, transport: asyncio.Transport, data: bytes) -> None:
        """Sends bytes, unless the connection is closed by then."""
        held = self._held
        if not held:
            self._call_soon(self.flush)
        held.append((transport, data))

    def close(self, transport: asyncio.Transport) -> None:
        """Ends a connection after what has been written to it."""
        held = self._held
        if held:
            held.append((transport, None))
        else:
            transport.close()

    def flush(self) -> None:
        """Sends what there is."""
        self.turn += 1
        held, self._held = self._held, []
        left = iter(held)
        try:
            for transport, data in left:
                if transport.is_closing():
                    continue
                if data is None:
                    transport.close()
                else:
                    transport.write(data)
        finally:
            # One that fails keeps no other from being sent.
            if rest := [*left]:
                self._held[:0] = rest
                self._call_soon(self.flush)


_OUTBOXES: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, Outbox]] = WeakKeyDictionary()


def outbox() -> Outbox:
    """That of the running event loop."""
    loop = asyncio.get_running_loop()
    found = _OUTBOXES.get(loop)
    if found is None:
        found = _OUTBOXES[loop] = Outbox(loop)
    return found
