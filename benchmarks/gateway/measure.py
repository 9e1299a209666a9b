"""One table: gateway, Envoy and nginx in turn, each pinned to one core, upstream and load on the other."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import envoy, nginx
from .serve import KEY

CONNECTIONS = 32
SIZES = (400, 1_500, 12_800, 126_000)


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians over several runs. Latencies are those at half of the load that the slowest of them reached.

    `cpu_us` is the processor time that the proxy itself used for a request.
    """

    proxy: str
    size: int
    per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


def cores() -> tuple[int, int] | None:
    """A core for the proxy and one for the rest; None where they cannot be told apart."""
    if not hasattr(os, "sched_getaffinity") or shutil.which("taskset") is None:
        return None
    available = sorted(os.sched_getaffinity(0))
    return (available[0], available[1]) if len(available) > 1 else None


def measure(sizes: Sequence[int] = SIZES, *, seconds: float = 3.0, runs: int = 3) -> Iterator[Measured]:
    """Measures each size behind each proxy, in turns, so that a busy machine is busy for all."""
    pinned = cores()
    for size in sizes:
        with contextlib.ExitStack() as stack:
            upstream = _free_port()
            stack.enter_context(
                _process(
                    _python("benchmarks.gateway.upstream", upstream, size), pinned and pinned[1], upstream
                )
            )
            proxies = {"direct": Proxy(upstream)}
            for name, command, port in _proxies(upstream, stack):
                process = stack.enter_context(_process(command, pinned and pinned[0], port))
                proxies[name] = Proxy(port, process.pid)
            yield from _in_turns(proxies, size, seconds, runs, pinned and pinned[1])


def _proxies(upstream: int, stack: contextlib.ExitStack) -> Iterator[tuple[str, list[str], int]]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    program, port = envoy.binary(), _free_port()
    if program is not None:
        path = folder / "envoy.json"
        path.write_text(envoy.configuration(port, upstream))
        quiet = ["--log-level", "error", "--disable-hot-restart", "--concurrency", "1"]
        yield "Envoy, pass-through", [str(program), "-c", str(path), *quiet], port
    program, port = nginx.binary(), _free_port()
    if program is not None:
        yield "nginx, pass-through", nginx.command(program, folder, port, upstream), port
    port = _free_port()
    yield "uvloop, bytes only", _python("benchmarks.gateway.forward", port, upstream), port
    port = _free_port()
    yield (
        "Lading, everything on",
        _python("benchmarks.gateway.serve", port, upstream, folder / "gateway"),
        port,
    )


@dataclass(slots=True)
class Proxy:
    """Where a proxy listens, its process, and what was measured of it."""

    port: int
    pid: int | None = None
    full: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    half: list[tuple[float, float]] = field(default_factory=list)

    def processor_time(self) -> float:
        """Seconds that the process has used so far."""
        if self.pid is None:
            return 0.0
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _in_turns(
    proxies: dict[str, Proxy], size: int, seconds: float, runs: int, core: int | None
) -> Iterator[Measured]:
    for _ in range(runs):
        for proxy in proxies.values():
            before = proxy.processor_time()
            told = _load(proxy.port, size, seconds, core)
            proxy.full.append(told["per_second"])
            proxy.cpu.append(1e6 * (proxy.processor_time() - before) / told["sent"])
    rate = min(statistics.median(proxy.full) for proxy in proxies.values()) / 2
    for _ in range(runs):
        for proxy in proxies.values():
            told = _load(proxy.port, size, seconds, core, rate)
            proxy.half.append((told["p50_ms"], told["p99_ms"]))
    for name, proxy in proxies.items():
        yield Measured(
            name,
            size,
            statistics.median(proxy.full),
            statistics.median(proxy.cpu),
            statistics.median(p50 for p50, _ in proxy.half),
            statistics.median(p99 for _, p99 in proxy.half),
        )


def _load(port: int, size: int, seconds: float, core: int | None, rate: float = 0.0) -> dict[str, float]:
    command = _python(
        "benchmarks.gateway.load", port, size, CONNECTIONS, seconds, KEY, *([rate] if rate else [])
    )
    done = subprocess.run(_pin(command, core), check=True, capture_output=True)
    told: dict[str, float] = json.loads(done.stdout)
    if told["wrong"]:
        raise RuntimeError(f"{told['wrong']:.0f} answers were not 200; the figures would mean nothing")
    return told


def _python(module: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", module, *map(str, arguments)]


def _pin(command: list[str], core: int | None) -> list[str]:
    return command if core is None else ["taskset", "-c", str(core), *command]


@contextlib.contextmanager
def _process(command: list[str], core: int | None, port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(_pin(command, core), stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} does not listen")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def absent() -> list[str]:
    """The names of the proxies that would be measured if they were installed."""
    return [name for name, found in (("Envoy", envoy.binary()), ("nginx", nginx.binary())) if found is None]


def table(measured: Sequence[Measured]) -> str:
    """The figures in Markdown, with each proxy's share of Envoy's throughput at the same size."""
    lines = [
        "| order | proxy | requests/s | of Envoy | CPU a request | p50 at half load | p99 at half load |",
        "|---|---|---|---|---|---|---|",
    ]
    base = {entry.size: entry.per_second for entry in measured if entry.proxy.startswith("Envoy")}
    for entry in measured:
        share = f"{entry.per_second / base[entry.size]:.2f}" if entry.size in base else "no Envoy"
        cpu = f"{entry.cpu_us:.0f} µs" if entry.cpu_us else ""
        lines.append(
            f"| {entry.size / 1000:g} KB | {entry.proxy} | {entry.per_second:,.0f} | {share} | {cpu} "
            f"| {entry.p50_ms:.2f} ms | {entry.p99_ms:.2f} ms |"
        )
    return "\n".join(lines)
