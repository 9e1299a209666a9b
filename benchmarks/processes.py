"""Commands as whole processes: time on the clock and of the processor, peak of memory, and what came out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 180.0
"""Seconds after which a run is given up."""
_LAUNCHER = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss], file)
"""
"""A process starts with the peak of memory of the one that starts it, so that one has to be small."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the clock and of the processor, its peak of memory in bytes, and its findings.

    `said` tells why there are no figures.
    """

    tool: str
    document: str
    megabytes: float
    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    findings: int = 0
    said: str = ""


def lading() -> list[str]:
    """How our own command is started from this checkout."""
    return [sys.executable, "-m", "lading"]


def run(
    tool: str, work: Path, document: Path | None, command: Sequence[str], count: Callable[[str], int]
) -> Run:
    """Runs a command in `work`; of what it wrote only `count` is kept."""
    name = document.name if document is not None else ""
    size = document.stat().st_size / 1e6 if document is not None else 0.0
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_COLOR": "1"}
    # Whoever installed Lading has its modules compiled; where nothing may be written, each start would do it again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with (work / "output").open("w+b") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCHER, str(work / "usage"), *command],
            cwd=work,
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=True,
        )
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Run(tool, name, size, said=f"given up after {PATIENCE:.0f} s")
        wall = time.perf_counter() - begun
        output.seek(0)
        written = output.read().decode("utf-8", "replace")
    status, cpu, kilobytes = json.loads((work / "usage").read_text())
    if status not in (0, 1):
        return Run(tool, name, size, said=f"ended with {status}: {_last_words(written, command)}")
    return Run(tool, name, size, wall, cpu, kilobytes * 1024, count(written))


def _last_words(written: str, command: Sequence[str]) -> str:
    """The end of what a command wrote, without the folders of this machine."""
    folders = {f"{Path(one).parent}/" for one in command if one.startswith("/")}
    last = written.strip().rpartition("\n")[2]
    for folder in sorted(folders, key=len, reverse=True):
        last = last.replace(folder, "")
    return last[:160]


def table(runs: Sequence[Run], counted: str = "findings") -> str:
    """The figures in Markdown."""
    lines = [
        f"| tool | document | MB | on the clock | processor | peak memory | {counted} |",
        "|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        if run.said:
            lines.append(f"| {run.tool} | {run.document} | not measured: {run.said} | | | | |")
            continue
        lines.append(
            f"| {run.tool} | {run.document} | {run.megabytes:.1f} | {run.wall:.2f} s | {run.cpu:.2f} s "
            f"| {run.peak / 1e6:.0f} MB | {run.findings:,} |"
        )
    return "\n".join(lines)
