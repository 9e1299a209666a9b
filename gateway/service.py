"""A gateway process put together: what it serves, what it counts, what operators may ask it."""

from __future__ import annotations

import socket
import time
from typing import BinaryIO

from gateway.admin import administration
from gateway.http.runtime import Observer, Runtime, Timeouts
from gateway.http.server import GRACE, serving, until_told
from gateway.logs import AccessLog
from gateway.metrics import Metrics, gauges_of
from gateway.snapshot.snapshot import Snapshot


class Service:
    """The parts of one gateway. `access_log` is where lines of JSON go, None for no log."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        access_log: BinaryIO | None = None,
        observers: tuple[Observer, ...] = (),
        timeouts: Timeouts | None = None,
    ) -> None:
        self.metrics = Metrics()
        heard: tuple[Observer, ...] = (*observers, self.metrics)
        if access_log is not None:
            heard += (AccessLog(access_log.write, time.time),)
        self.log = access_log
        self.runtime = Runtime(snapshot, observers=heard, timeouts=timeouts)
        self.runtime.admin = administration(self.runtime, self.metrics)
        self.metrics.watch(gauges_of(self.runtime))


async def run(service: Service, listener: socket.socket, *, grace: float = GRACE) -> None:
    """Serves until the process is told to end."""
    async with serving(service.runtime, listener, grace):
        await until_told()
