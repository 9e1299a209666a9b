"""Child processes that live and die together.

`lading up` runs the registry, the gateway and two simulated upstreams as processes of their own, as an operator
would. When one of them ends, or the parent is told to stop, all of them end.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .outcome import CouldNotTell

GRACE = 8.0
"""Seconds that a process has to end by itself before it is killed."""
POLL = 0.05
"""Seconds between two looks at a process."""


@dataclass(slots=True)
class Process:
    """A running child, its name for people, and where its output goes."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    def last_words(self, lines: int = 12) -> str:
        """The end of its output."""
        text = self.log.read_text("utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


@dataclass(slots=True)
class Household:
    """The children of one run. Leaving the context ends all of them, in reverse order of their start."""

    logs: Path
    processes: list[Process] = field(default_factory=list)

    def __enter__(self) -> Household:
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> Process:
        """Starts `python -m …`. Its output goes to a file named after it."""
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(  # noqa: S603 - our own interpreter and our own modules
                [sys.executable, "-m", *arguments],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches the whole foreground group; the children are stopped by us, in order.
                start_new_session=True,
            )
        process = Process(name, popen, log)
        self.processes.append(process)
        return process

    def ended(self) -> Process | None:
        """A child that has ended by itself, if there is one."""
        return next((process for process in self.processes if process.popen.poll() is not None), None)

    def wait_ready(self, process: Process, url: str, seconds: float = 30.0) -> None:
        """Waits until `url` answers 200. Raises `CouldNotTell` with the child's last words."""
        self._wait(process, url, seconds, any_status=False)

    def _wait(self, process: Process, url: str, seconds: float, *, any_status: bool) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if process.popen.poll() is not None:
                raise CouldNotTell(f"{process.name} ended before it was ready:\n{process.last_words()}")
            status = _status(url)
            if status == 200 or (any_status and status is not None):
                return
            time.sleep(POLL)
        raise CouldNotTell(f"{process.name} was not ready within {seconds:.0f} s:\n{process.last_words()}")

    def wait_answering(self, process: Process, url: str, seconds: float = 30.0) -> None:
        """Waits until `url` answers anything at all over HTTP. Raises as `wait_ready` does."""
        self._wait(process, url, seconds, any_status=True)

    def stop(self) -> None:
        """Asks every child to end, then makes those end that did not."""
        for process in reversed(self.processes):
            if process.popen.poll() is None:
                process.popen.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in reversed(self.processes):
            try:
                process.popen.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.popen.kill()
                process.popen.wait()
        self.processes.clear()


def _status(url: str) -> int | None:
    """The status that our own loopback address answers with; None where nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def require_free(host: str, port: int, what: str, setting: str) -> None:
    """Raises `CouldNotTell` where something else listens already, and says how to use another port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CouldNotTell(
                f"{what} cannot listen on {host}:{port}: {error.strerror}.",
                f"Stop what uses the port, or choose another: {setting}=… lading up.",
            ) from None


def free_port(host: str = "127.0.0.1") -> int:
    """A port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
