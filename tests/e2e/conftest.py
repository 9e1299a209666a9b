"""Runs of the real command line, as a stranger would start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from lading.processes import free_port

READY = "Ctrl-C stops everything"


class Up:
    """A running `lading up`."""

    def __init__(self, command: list[str], folder: Path, data: Path) -> None:
        self.port, self.gateway_port = free_port(), free_port()
        self.lines: list[str] = []
        self._queue: Queue[str | None] = Queue()
        clean = {key: value for key, value in os.environ.items() if not key.startswith("LADING_")}
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=clean
            | {
                "LADING_DATA": str(data),
                "LADING_PORT": str(self.port),
                "LADING_GATEWAY_PORT": str(self.gateway_port),
                "PYTHONUNBUFFERED": "1",
                "NO_COLOR": "1",
                "COLUMNS": "160",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.gateway_port}"

    @property
    def text(self) -> str:
        return "".join(self.lines)

    @property
    def sign_in(self) -> str:
        found = re.search(r"http://\S+/sign-in/\S+", self.text)
        assert found, self.text
        return found.group()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(line)
        self._queue.put(None)

    def wait_ready(self, seconds: float = 90) -> None:
        while READY not in self.text:
            try:
                line = self._queue.get(timeout=seconds)
            except Empty:
                pytest.fail(f"lading up was not ready within {seconds} s:\n{self.text}")
            if line is None:
                pytest.fail(f"lading up ended with {self.process.wait()}:\n{self.text}")
            self.lines.append(line)

    def stop(self) -> int:
        """Ctrl-C, and the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Callable[..., Up]]:
    """Starts `lading up` in a folder of its own; what still runs at the end is killed."""
    running: list[Up] = []

    def start(command: list[str], data: Path | None = None) -> Up:
        started = Up(command, tmp_path, data or tmp_path / "data")
        running.append(started)
        return started

    yield start
    for each in running:
        if each.process.poll() is None:
            each.stop()
