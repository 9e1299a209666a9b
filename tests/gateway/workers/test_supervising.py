"""A supervisor in a process of its own, with workers that do what a file of their folder tells them."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.http.server import bind
from gateway.rates import Rates
from gateway.workers.supervising import SLOWEST, Supervisor, backoff
from gateway.workers.worker import Worker


def wait_for(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


class Supervised:
    """`lines` are what supervisor and workers have said."""

    def __init__(self, folder: Path, count: int = 2, grace: float = 5.0) -> None:
        self.log = folder / "log"
        self.plan = folder / "plan"
        self.log.touch()
        first = bind("127.0.0.1", 0, shared=True)
        self.port = first.getsockname()[1]
        self.pid = os.fork()
        if self.pid == 0:
            sys.stdout = sys.stderr = self.log.open("a")
            listeners = [first]

            def another() -> socket.socket:
                return listeners.pop() if listeners else bind("127.0.0.1", self.port, shared=True)

            status = 99
            try:
                status = Supervisor(count, another, self.serve, Rates(), grace=grace, say=self.say).run()
            finally:
                os._exit(status)
        first.close()

    def say(self, text: str) -> None:
        with self.log.open("a") as file:
            file.write(text + "\n")

    def serve(self, worker: Worker, listener: socket.socket) -> int:
        """Answers each connection with its number and pid; `die` in the plan ends it before, `deaf` lets it not end."""
        plan = self.plan.read_text() if self.plan.exists() else ""
        if plan == "die":
            return 3
        told, tell = socket.socketpair()
        tell.setblocking(False)
        signal.signal(signal.SIGTERM, signal.SIG_IGN if plan == "deaf" else lambda *_: None)
        signal.set_wakeup_fd(tell.fileno())
        assert worker.folder.stat().st_mode & 0o777 == 0o700
        worker.tell_ready()
        self.say(f"serves {worker.number} {os.getpid()} {worker.restarts}")
        while True:
            heard, _, _ = select.select([told, listener], [], [])
            if told in heard:
                return 0
            with contextlib.suppress(BlockingIOError):
                connection, _ = listener.accept()
                connection.sendall(f"{worker.number} {os.getpid()}".encode())
                connection.close()

    @property
    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def serving(self) -> list[int]:
        """The pids of all that ever served, in the order of their saying so."""
        return [int(line.split()[2]) for line in self.lines if line.startswith("serves ")]

    def ask(self) -> tuple[int, int]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            number, pid = connection.recv(100).split()
            return int(number), int(pid)

    def end(self) -> int:
        os.kill(self.pid, signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Supervised]:
    held = Supervised(tmp_path)
    wait_for(lambda: "2 workers serve." in held.lines)
    yield held
    if alive(held.pid):
        os.kill(held.pid, signal.SIGTERM)
        held.wait()


def test_all_serve_and_end_together(supervised: Supervised) -> None:
    assert len({supervised.ask() for _ in range(100)}) == 2
    pids = supervised.serving()
    assert supervised.end() == 0
    assert not any(alive(pid) for pid in pids)
    with pytest.raises(ConnectionRefusedError):
        supervised.ask()


def test_who_dies_is_replaced_and_who_waits_meanwhile_is_served(supervised: Supervised) -> None:
    first, other = supervised.serving()
    os.kill(first, signal.SIGSTOP)  # its connections wait in its queue
    waiting = [socket.create_connection(("127.0.0.1", supervised.port), timeout=20) for _ in range(20)]
    os.kill(first, signal.SIGKILL)
    answers = [int(connection.recv(100).split()[1]) for connection in waiting]
    for connection in waiting:
        connection.close()
    pids = supervised.serving()
    assert len(pids) == 3
    assert set(answers) == {other, pids[2]}
    assert f"serves 0 {pids[2]} 1" in supervised.lines or f"serves 1 {pids[2]} 1" in supervised.lines
    assert any("SIGKILL; it is started at once" in line for line in supervised.lines)


def test_who_dies_again_and_again_is_started_more_and_more_slowly(supervised: Supervised) -> None:
    first, other = supervised.serving()
    supervised.plan.write_text("die")
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: any("started in 1 s" in line for line in supervised.lines))
    # Meanwhile the kernel sends nothing to the place that nobody has.
    assert {supervised.ask()[1] for _ in range(50)} == {other}
    supervised.plan.unlink()
    wait_for(lambda: len(supervised.serving()) == 3)
    wait_for(lambda: len({supervised.ask()[1] for _ in range(20)}) == 2)


def test_a_reload_replaces_all_one_by_one_without_a_gap(supervised: Supervised) -> None:
    before = supervised.serving()
    os.kill(supervised.pid, signal.SIGHUP)
    while len(supervised.serving()) < 4 or any(alive(pid) for pid in before):
        supervised.ask()
    assert supervised.ask()[1] not in before


def test_a_reload_that_fails_changes_nothing(supervised: Supervised) -> None:
    before = supervised.serving()
    supervised.plan.write_text("die")
    os.kill(supervised.pid, signal.SIGHUP)
    wait_for(lambda: any("The reload is given up" in line for line in supervised.lines))
    assert {supervised.ask()[1] for _ in range(50)} == set(before)
    supervised.plan.unlink()
    os.kill(supervised.pid, signal.SIGHUP)
    wait_for(lambda: len(supervised.serving()) == 4)


def test_workers_that_cannot_start_at_all_end_it_with_their_status(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("die")
    assert Supervised(tmp_path).wait() == 3


def test_a_worker_that_does_not_end_is_killed(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("deaf")
    held = Supervised(tmp_path, grace=-9.0)
    wait_for(lambda: "2 workers serve." in held.lines)
    assert held.end() == 0
    assert sum("does not end and is killed" in line for line in held.lines) == 2


def test_the_waits_grow_to_a_bound() -> None:
    assert [backoff(failures) for failures in (0, 1, 2, 3, 4)] == [0, 0, 0.5, 1, 2]
    assert backoff(50) == SLOWEST
