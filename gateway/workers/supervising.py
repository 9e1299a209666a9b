"""The process above the workers: it starts them, replaces those that die, and ends them.

It runs no event loop and no threads, so that forking is safe; a worker is made by fork and shares what was loaded.
Each place has a listening socket of its own on the same port (SO_REUSEPORT), which stays open here while a worker is
replaced: connections that wait are taken by the successor.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from gateway.rates import Rates

from .worker import Worker

QUICK = 10.0
"""Seconds; who dies sooner after its start is restarted more and more slowly."""
SLOWEST = 30.0
_MARGIN = 10.0
"""Seconds that a worker gets beyond its grace before it is killed."""

Serve = Callable[[Worker, socket.socket], int]


@dataclass(eq=False)
class Process:
    """A worker as the supervisor sees it; `ready` is the end of the pipe on which it says that it serves."""

    pid: int
    ready: int
    since: float
    serves: bool = False
    ends_at: float = float("inf")
    """When it is killed, if it is still there."""


@dataclass(eq=False)
class Place:
    """One of the places on the port: who serves, who is to take over, who is on the way out."""

    number: int
    listener: socket.socket | None
    current: Process | None = None
    successor: Process | None = None
    leaving: list[Process] = field(default_factory=list)
    failures: int = 0
    restarts: int = 0
    due: float = 0.0
    """When it is to be taken again, while nobody serves."""

    @property
    def vacant(self) -> bool:
        """Nobody serves, and nobody is about to."""
        return self.current is None and self.successor is None


class Supervisor:
    """`bind` gives another listening socket on the port; `serve` is what a worker does, and gives its exit status.

    `grace` is how many seconds a worker takes to end; `say` tells the operator.
    """

    def __init__(
        self,
        count: int,
        bind: Callable[[], socket.socket],
        serve: Serve,
        rates: Rates,
        *,
        grace: float,
        say: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bind = bind
        self._serve = serve
        self._rates = rates
        self._grace = grace
        self._say = say
        self._now = now
        self._count = count
        self._places: list[Place] = []
        self._told: list[int] = []
        self._begun = False
        self._stopping = False
        self._status = 0
        self._reloading: list[Place] = []
        self._life, self._held = os.pipe()
        self._wake, self._waker = socket.socketpair()
        self._folder = Path(tempfile.mkdtemp(prefix="lading-gateway-"))

    def run(self) -> int:
        """Serves until told to end; the exit status. 0 unless no worker could be started at all."""
        for end in (self._wake, self._waker):
            end.setblocking(False)
        handlers = {
            number: signal.signal(number, lambda told, _: self._told.append(told))
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
        }
        before = signal.set_wakeup_fd(self._waker.fileno())
        try:
            for number in range(self._count):
                self._places.append(Place(number, self._bind()))
            for place in self._places:
                place.current = self._start(place)
            while not self._over():
                self._turn()
        finally:
            signal.set_wakeup_fd(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
            self._close()
        return self._status

    def _turn(self) -> None:
        """Waits for a signal, a word from a worker or the next thing that is due, and does what follows from it."""
        waiting = {process.ready: (place, process) for place, process in self._all() if not process.serves}
        waiting = {end: pair for end, pair in waiting.items() if end >= 0}
        heard, _, _ = select.select([self._wake.fileno(), *waiting], [], [], self._pause())
        with contextlib.suppress(BlockingIOError):
            self._wake.recv(4096)
        for end in heard:
            if end in waiting:
                self._hear(*waiting[end])
        told, self._told = self._told, []
        self._reap()
        if signal.SIGTERM in told or signal.SIGINT in told:
            self._stop(0)
        elif signal.SIGHUP in told:
            self._reload()
        self._do_what_is_due()

    def _pause(self) -> float | None:
        """Seconds until something is due."""
        times = [process.ends_at for _, process in self._all()]
        if not self._stopping:
            times += [place.due for place in self._places if place.vacant]
        soonest = min(times, default=float("inf"))
        return None if soonest == float("inf") else max(0.0, soonest - self._now())

    # Starting

    def _start(self, place: Place) -> Process:
        if place.listener is None:
            place.listener = self._bind()
        ready, tell = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            self._become_worker(place, ready, tell)
        os.close(tell)
        return Process(pid, ready, self._now())

    def _become_worker(self, place: Place, ready: int, tell: int) -> None:
        """The rest of the child's life; what belongs to the supervisor and to other workers is closed."""
        status = 70
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            os.close(self._held)
            os.close(ready)
            self._wake.close()
            self._waker.close()
            for _, process in self._all():
                if process.ready >= 0:
                    os.close(process.ready)
            for other in self._places:
                if other is not place and other.listener is not None:
                    other.listener.close()
            assert place.listener is not None
            worker = Worker(
                place.number, self._count, self._folder, self._rates, self._life, tell, place.restarts
            )
            status = self._serve(worker, place.listener)
        except BaseException:  # noqa: BLE001 - whatever it is, the child must not go on as a second supervisor
            traceback.print_exc()
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def _hear(self, place: Place, process: Process) -> None:
        """A worker serves, or has closed its end without serving; then its death is what tells more."""
        process.serves = os.read(process.ready, 1) == b"r"
        os.close(process.ready)
        process.ready = -1
        if not process.serves:
            return
        if process is place.successor:
            if place.current is not None:
                self._end(place, place.current)
            place.current, place.successor = process, None
            place.failures = 0
            self._reload_next()
        elif not self._begun and all(held.current and held.current.serves for held in self._places):
            self._begun = True
            self._say(f"{self._count} workers serve.")

    # Ends

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for place, process in self._all():
                if process.pid == pid:
                    self._mourn(place, process, os.waitstatus_to_exitcode(status))
                    break

    def _mourn(self, place: Place, process: Process, status: int) -> None:
        if process.ready >= 0:
            os.close(process.ready)
        how = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        if process in place.leaving:
            place.leaving.remove(process)
        elif process is place.successor:
            place.successor = None
            self._reloading.clear()
            self._say(f"The reload is given up: a new worker ended with {how}. Those that serve go on.")
        elif process is place.current:
            place.current = None
            if self._stopping:
                return
            if not self._begun and not process.serves:
                self._stop(status if status > 0 else 70)
                return
            lived = self._now() - process.since
            place.failures = place.failures + 1 if lived < QUICK else 1
            wait = backoff(place.failures)
            place.due = self._now() + wait
            if wait and place.listener is not None:
                # Nobody is there to take connections for a while: the kernel is to give them to others.
                place.listener.close()
                place.listener = None
            again = f"in {wait:g} s" if wait else "at once"
            self._say(f"Worker {place.number} (pid {process.pid}) ended with {how}; it is started {again}.")

    def _do_what_is_due(self) -> None:
        now = self._now()
        for place in self._places:
            if place.vacant and place.due <= now and not self._stopping:
                place.restarts += 1
                try:
                    place.current = self._start(place)
                except OSError as error:
                    place.failures += 1
                    place.due = now + backoff(max(2, place.failures))
                    self._say(f"Worker {place.number} cannot be started: {error.strerror or error}.")
        for _, process in self._all():
            if process.ends_at <= now:
                process.ends_at = float("inf")
                self._say(f"The worker with pid {process.pid} does not end and is killed.")
                _kill(process.pid, signal.SIGKILL)

    def _reload(self) -> None:
        """Replaces all workers, one after the other; a new one has to serve before the old one is told to end."""
        if self._stopping or self._reloading or any(place.successor for place in self._places):
            return
        self._say("The workers are replaced.")
        self._reloading = [place for place in self._places if place.current is not None]
        self._reload_next()

    def _reload_next(self) -> None:
        while self._reloading and not self._stopping:
            place = self._reloading.pop(0)
            if place.current is not None:
                place.successor = self._start(place)
                return
        if not self._stopping:
            self._say("All workers are replaced.")

    def _stop(self, status: int) -> None:
        if self._stopping:
            return
        self._stopping = True
        self._status = status
        self._reloading.clear()
        for place, process in self._all():
            self._end(place, process)
            if process is place.current:
                place.current = None
            elif process is place.successor:
                place.successor = None
        for place in self._places:
            if place.listener is not None:
                place.listener.close()
                place.listener = None

    def _end(self, place: Place, process: Process) -> None:
        """Tells a worker to drain and end."""
        if process not in place.leaving:
            place.leaving.append(process)
            process.ends_at = self._now() + self._grace + _MARGIN
            _kill(process.pid, signal.SIGTERM)

    def _over(self) -> bool:
        return self._stopping and not any(True for _ in self._all())

    def _all(self) -> list[tuple[Place, Process]]:
        return [
            (place, process)
            for place in self._places
            for process in (place.current, place.successor, *place.leaving)
            if process is not None
        ]

    def _close(self) -> None:
        for _, process in self._all():
            _kill(process.pid, signal.SIGKILL)
        for place in self._places:
            if place.listener is not None:
                place.listener.close()
        for end in (self._life, self._held):
            os.close(end)
        self._wake.close()
        self._waker.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def backoff(failures: int) -> float:
    """Seconds before a place is taken again: none after the first failure, then more and more."""
    return 0.0 if failures <= 1 else min(SLOWEST, 0.5 * 2 ** (failures - 2))


def _kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
