"""What many contracts cost: memory, calls of one of them, and taking a bundle over in which all of them are others."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import contracts
from .measure import CONNECTIONS, _free_port, _load, _pin, _process, _python, _wait_for, cores
from .serve import KEY

COUNTS = (0, 500)
RATE = 500.0
"""Calls a second while a bundle is taken over."""
_SIZE = 1_500


@dataclass(frozen=True, slots=True)
class Estate:
    """A gateway with so many contracts besides the one that is called.

    `loading` is processor time, `memory_mb` and `most_mb` are resident, the latter also while two bundles are there.
    `quiet_ms` and `reload_ms` are the 99th percentile and the longest of calls at a steady rate.
    """

    count: int
    loading: float
    memory_mb: float
    per_second: float
    quiet_ms: tuple[float, float]
    reloading: float
    reload_ms: tuple[float, float]
    late: int
    most_mb: float


def measure(counts: Sequence[int] = COUNTS, *, seconds: float = 3.0) -> Iterator[Estate]:
    """Measures one estate after the other."""
    pinned = cores()
    for count in counts:
        with contextlib.ExitStack() as stack:
            upstream, port = _free_port(), _free_port()
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            contracts.prepare(folder / "bundles", count, upstream)
            other = pinned and pinned[1]
            stack.enter_context(
                _process(_python("benchmarks.gateway.upstream", upstream, _SIZE), other, upstream)
            )
            command = _python("benchmarks.gateway.many", port, folder / "bundles", folder / "gateway")
            process = stack.enter_context(_talking(_pin(command, pinned and pinned[0])))
            yield _estate(count, process, port, seconds, other)


def _estate(
    count: int, process: subprocess.Popen[str], port: int, seconds: float, core: int | None
) -> Estate:
    loading = _told(process)
    _wait_for(port, process)  # type: ignore[arg-type]  # a process is a process, whatever it prints
    memory = _memory(process.pid, "VmRSS")
    full = _load(port, _SIZE, seconds, core)
    quiet = _load(port, _SIZE, seconds, core, RATE)
    with _calls(port, core) as calls:
        process.send_signal(signal.SIGUSR1)
        reloading = _told(process)
        calls.send_signal(signal.SIGTERM)
        told = json.loads(calls.communicate()[0])
    return Estate(
        count,
        loading,
        memory,
        full["per_second"],
        (quiet["p99_ms"], quiet["max_ms"]),
        reloading,
        (told["p99_ms"], told["max_ms"]),
        int(told["late"]),
        _memory(process.pid, "VmHWM"),
    )


@contextlib.contextmanager
def _calls(port: int, core: int | None) -> Iterator[subprocess.Popen[bytes]]:
    """Calls at a steady rate until they are told to end; they have begun when the block does."""
    command = _python("benchmarks.gateway.load", port, _SIZE, CONNECTIONS, 600, KEY, RATE)
    process = subprocess.Popen(_pin(command, core), stdout=subprocess.PIPE)
    try:
        time.sleep(2.5)  # connections are made, and the second that is not counted is over
        yield process
    finally:
        process.kill()
        process.wait(10)


@contextlib.contextmanager
def _talking(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def _told(process: subprocess.Popen[Any]) -> float:
    assert process.stdout is not None
    return float(process.stdout.readline())


def _memory(pid: int, field: str) -> float:
    """Resident megabytes, now (`VmRSS`) or at most so far (`VmHWM`)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(field))) / 1024


def table(measured: Sequence[Estate]) -> str:
    """The figures in Markdown."""
    lines = [
        "| contracts | operations | loaded in | memory | requests/s | p99 and longest, quiet | all taken over in "
        "| p99 and longest meanwhile | over 50 ms | memory at most |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.count + 1} | {40 * one.count + 1:,} | {one.loading:.2f} s | {one.memory_mb:.0f} MB | {one.per_second:,.0f} "
        f"| {one.quiet_ms[0]:.1f}, {one.quiet_ms[1]:.1f} ms | {one.reloading:.2f} s "
        f"| {one.reload_ms[0]:.1f}, {one.reload_ms[1]:.1f} ms | {one.late} | {one.most_mb:.0f} MB |"
        for one in measured
    ]
    return "\n".join(lines)


def main() -> None:
    """Prints the table; for trying things out."""
    print(table(list(measure())))


if __name__ == "__main__":
    main()
