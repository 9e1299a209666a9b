"""`python -m benchmarks [gateway|documents|lint|diff] [--quick] [--write FILE]`: measures, and prints tables.

Every figure of one table comes from one run on one machine. Nothing is measured that is not there: without Envoy or nginx,
without a second core or without the corpus the table says so.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from . import diff, documents, lint, processes
from .gateway import estate, where
from .gateway import measure as gateway

ROOT = Path(__file__).resolve().parent.parent
NOT_MEASURED = "Not measured: the corpus of published contracts is not there."


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures, and prints tables.")
    parser.add_argument(
        "parts", nargs="*", choices=["gateway", "documents", "lint", "diff", []], help="what to measure; all"
    )
    parser.add_argument("--quick", action="store_true", help="one short run of the middle size only")
    parser.add_argument("--write", type=Path, help="also write the tables to a file, as docs/performance.md")
    options = parser.parse_args(arguments)
    parts = options.parts or ["gateway", "documents", "lint", "diff"]
    sections = [_machine()]
    if "gateway" in parts:
        sections.append(_gateway(options.quick))
    if "documents" in parts:
        sections.append(_documents())
    if "lint" in parts:
        sections.append(_lint(options.quick))
    if "diff" in parts:
        sections.append(_diff(options.quick))
    text = "\n\n".join(sections) + "\n"
    print(text)
    if options.write is not None:
        options.write.write_text(
            "# Performance\n\nWritten by `python -m benchmarks --write`.\n\n" + text, "utf-8"
        )
    return 0


def _machine() -> str:
    load = os.getloadavg()[0]
    busy = f" The machine was busy with other work (load {load:.1f}) when this began." if load > 1.0 else ""
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}.{busy}"
    )


def _gateway(quick: bool) -> str:
    measured = []
    runs, seconds = (1, 1.5) if quick else (3, 3.0)
    for entry in gateway.measure((1_500,) if quick else gateway.SIZES, seconds=seconds, runs=runs):
        print(f"  {entry.proxy}, {entry.size} bytes: {entry.per_second:,.0f}/s", file=sys.stderr, flush=True)
        measured.append(entry)
    pinned = (
        "the proxy pinned to one core, upstream and load to another" if gateway.cores() else "nothing pinned"
    )
    absent = "".join(f" {name} is not installed here, and so not measured." for name in gateway.absent())
    return (
        "## Gateway\n\n"
        f"POST of an order, {gateway.CONNECTIONS} connections, {pinned}; medians of {runs} runs of {seconds:g} s. "
        "Load and upstream are our own, in Python (`benchmarks/gateway`), and the same for all. CPU is the "
        "processor time that the proxy itself used for a request; it grows where others use the core too. *direct* is the upstream "
        "without a proxy, *bytes only* a proxy on the same event loop that looks at nothing. Envoy and nginx have one worker, "
        f"kept connections and no log.{absent}\n\n"
        + gateway.table(measured)
        + "\n\n### Where the processor time of a call goes\n\n"
        "Each stage by itself, many times over, without a network and with warm caches: the least that it costs. "
        "What a call costs beyond the sum is the event loop, the kernel, counting, and cold caches.\n\n"
        + where.table(where.stages(gateway.SIZES))
        + "\n\n### Many contracts\n\n"
        "One contract is called, and the others are there too, with forty operations each. *Loaded in* is processor time. "
        f"Then a bundle is taken over in which all but the called one are other contracts, at {estate.RATE:g} calls a second; "
        "it is taken over slowly on purpose, and memory at most holds both. *Quiet* is the same rate without that.\n\n"
        + estate.table(list(estate.measure((0, 100) if quick else estate.COUNTS)))
    )


def _lint(quick: bool) -> str:
    measured = _processes(lint.measure, quick)
    if measured is None:
        return "## lading lint\n\n" + NOT_MEASURED
    return (
        "## lading lint\n\n`spectral:oas` with all its rules; one process each, start-up and report included. "
        "Spectral is what npm installs, on the same documents in the same run. *Grown* is a contract with its "
        "paths and components once, twice, four and eight times.\n\n" + processes.table(measured)
    )


def _diff(quick: bool) -> str:
    measured = _processes(diff.measure, quick)
    if measured is None:
        return "## lading diff\n\n" + NOT_MEASURED
    return (
        "## lading diff\n\nTwo published versions each, one process each, start-up and report included. oasdiff is "
        "what Go installs, on the same documents in the same run; it compares keyword by keyword and proves "
        "nothing. *Changed* is GitHub's contract against itself with a bound on a string in so many places.\n\n"
        + processes.table(measured, "changes")
    )


def _processes(measure: Callable[..., Iterable[processes.Run]], quick: bool) -> list[processes.Run] | None:
    """The runs of one benchmark, each told as it ends; None where the corpus is absent."""
    corpus = _corpus()
    if not corpus.is_dir():
        return None
    measured = []
    for run in measure(corpus, quick=quick):
        print(f"  {run.tool} {run.document}: {run.cpu:.2f} s {run.said}", file=sys.stderr, flush=True)
        measured.append(run)
    return measured


def _corpus() -> Path:
    return Path(os.environ.get("LADING_SHARED", ROOT.parent / "shared")) / "corpus"


def _documents() -> str:
    corpus = _corpus()
    if not corpus.is_dir():
        return "## Documents\n\n" + NOT_MEASURED
    timed = []
    for entry in documents.measure(corpus):
        print(f"  {entry.work} {entry.document}: {entry.working:.2f} s", file=sys.stderr, flush=True)
        timed.append(entry)
    return (
        "## Lint and diff\n\nProcessor time of one run each, on documents as they were published.\n\n"
        + documents.table(timed)
    )


if __name__ == "__main__":
    sys.exit(main())
