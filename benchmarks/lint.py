"""`lading lint` as people start it, on large documents that other people published, beside Spectral.

Each run is a process of its own, so that starting up, reading and writing the report count.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

DOCUMENTS = (
    "stripe-spec3@2023-08-09.yaml",
    "github-rest-1.1.4.yaml",
    "digitalocean-bundled@2026-08-07.yaml",
    "kubernetes-swagger@2018-03-09.json",
)
GROWN = "xero/xero-accounting@2026-07-13.yaml"
FACTORS = (1, 2, 4, 8)
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
_RULESET = "extends: [[spectral:oas, all]]\n"
_SMALL = "openapi: 3.0.3\ninfo: {title: Orders, version: 1.0.0}\npaths: {}\n"
_NAMED = ("schemas", "parameters", "responses", "examples", "headers", "requestBodies")


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


def measure(corpus: Path, *, quick: bool = False) -> Iterator[Run]:
    """Start-up, then each document by each tool, then one document at several times its size."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "ruleset.yaml").write_text(_RULESET)
        (work / "small.yaml").write_text(_SMALL)
        _run("lading lint", work, work / "small.yaml", _lint(work / "small.yaml"))  # compiles modules, once
        yield _run("lading --version", work, None, [*_lading(), "--version"])
        yield _run("lading lint", work, work / "small.yaml", _lint(work / "small.yaml"))
        documents = [corpus / "openapi" / "general" / name for name in DOCUMENTS]
        for document in documents[: 1 if quick else None]:
            yield _run("lading lint", work, document, _lint(document))
        spectral = _spectral(work)
        if isinstance(spectral, str):
            yield Run("Spectral", "", 0.0, said=spectral)
        else:
            for document in documents[: 1 if quick else None]:
                yield _run("Spectral", work, document, [*spectral, str(document)])
        if not quick:
            yield from _growth(work, corpus / "openapi" / GROWN)


def _growth(work: Path, document: Path) -> Iterator[Run]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    value = yaml.load(document.read_bytes(), Loader=loader)
    for factor in FACTORS:
        large = work / f"{factor}-times.yaml"
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        large.write_text(yaml.dump(grown(value, factor), Dumper=dumper, sort_keys=False, allow_unicode=True))
        yield _run("lading lint, grown", work, large, _lint(large))
        large.unlink()


def grown(value: dict[str, object], factor: int) -> dict[str, object]:
    """The document with all paths and components so many times, the copies under names of their own."""
    paths: dict[str, object] = {}
    components: dict[str, dict[str, object]] = {}
    held = value.get("components")
    for number in range(factor):
        mark = f"-{number}" if number else ""
        given = value.get("paths")
        for path, item in (given if isinstance(given, dict) else {}).items():
            paths[f"/{number}{path}" if number else path] = _renamed(item, mark)
        for kind, named in (held if isinstance(held, dict) else {}).items():
            into = components.setdefault(kind, {})
            for name, one in named.items():
                into[f"{name}{mark}" if kind in _NAMED else name] = _renamed(one, mark)
    return {**value, "paths": paths, "components": components}


def _renamed(value: object, mark: str) -> object:
    """A part with its references led to the copies, and its operations told apart."""
    if isinstance(value, dict):
        return {
            key: f"{child}{mark}"
            if key in ("$ref", "operationId") and isinstance(child, str)
            else _renamed(child, mark)
            for key, child in value.items()
        }
    return [_renamed(item, mark) for item in value] if isinstance(value, list) else value


def _lading() -> list[str]:
    return [sys.executable, "-m", "lading"]


def _lint(document: Path) -> list[str]:
    return [*_lading(), "lint", str(document), "--ruleset", "ruleset.yaml", "--format", "text"]


def _spectral(work: Path) -> list[str] | str:
    """How Spectral is started, installed by npm for this run; or why it is not."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not there"
    try:
        subprocess.run(
            [npm, "install", "--silent", "--prefix", str(work), "@stoplight/spectral-cli"],
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return f"npm could not install it ({type(error).__name__})"
    (work / "spectral.yaml").write_text('extends: [["spectral:oas", all]]\n')
    spectral = work / "node_modules" / ".bin" / "spectral"
    return [str(spectral), "lint", "--ruleset", str(work / "spectral.yaml"), "--format", "json", "--quiet"]


def _run(tool: str, work: Path, document: Path | None, command: Sequence[str]) -> Run:
    """Runs a command; what it wrote is only counted."""
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
        return Run(tool, name, size, said=f"ended with {status}: {written.strip()[-200:]}")
    return Run(tool, name, size, wall, cpu, kilobytes * 1024, _findings(written))


def _findings(written: str) -> int:
    """How many findings a report holds: Spectral's JSON, or the sum in the last line but one of ours."""
    if written.lstrip().startswith("["):
        return written.count('"code":')
    return sum(
        int(number.replace(",", ""))
        for number in re.findall(r"([\d,]+) (?:errors?|warnings?|for information|hints?)\b", written[-400:])
    )


def table(runs: Sequence[Run]) -> str:
    """The figures in Markdown."""
    lines = [
        "| tool | document | MB | on the clock | processor | peak memory | findings |",
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
