"""Lint and diff on large documents that other people published."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from contracts.model import build
from lading.files import read_set
from linters.diff import compare
from linters.lint import lint
from policies import rulesets

LINTED = (
    "general/github-rest-1.1.4.yaml",
    "general/stripe-spec3@2023-08-09.yaml",
    "ups/ups-shipping@2026-07-21.yaml",
)
COMPARED = (
    ("general/stripe-spec3@2023-03-06.yaml", "general/stripe-spec3@2023-08-09.yaml"),
    ("ups/ups-shipping@2025-08-20.yaml", "ups/ups-shipping@2026-07-21.yaml"),
)


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of processor time, and what came out."""

    work: str
    document: str
    megabytes: float
    reading: float
    working: float
    result: str


def measure(corpus: Path) -> Iterator[Timed]:
    """Reading is parsing and resolving; working is what is measured. Each is done once: these are long."""
    for name in LINTED:
        path = corpus / "openapi" / name
        documents, reading = _timed(lambda path=path: read_set(path))  # type: ignore[misc]
        for ruleset in dict.fromkeys(
            (rulesets.DEFAULT, *(held for held in rulesets.names() if held == "spectral:oas"))
        ):
            held = rulesets.load(ruleset)
            findings, working = _timed(lambda held=held, documents=documents: lint(documents, held))  # type: ignore[misc]
            yield Timed(
                f"lint, {ruleset}", name, _size(path), reading, working, f"{len(findings):,} findings"
            )
    for base, revision in COMPARED:
        paths = [corpus / "openapi" / name for name in (base, revision)]
        models, reading = _timed(lambda paths=paths: [build(read_set(path)) for path in paths])  # type: ignore[misc]
        comparison, working = _timed(lambda models=models: compare(*models))  # type: ignore[misc]
        result = f"{comparison.verdict}, {len(comparison.changes):,} changes"
        yield Timed(
            "diff",
            f"{base} → {revision.rpartition('@')[2]}",
            sum(map(_size, paths)),
            reading,
            working,
            result,
        )


Result = TypeVar("Result")


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


def _size(path: Path) -> float:
    return path.stat().st_size / 1e6


def table(timed: list[Timed]) -> str:
    """The figures in Markdown."""
    lines = ["| work | document | MB | reading | working | result |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {entry.work} | {entry.document} | {entry.megabytes:.1f} | {entry.reading:.2f} s | {entry.working:.2f} s | {entry.result} |"
        for entry in timed
    ]
    return "\n".join(lines)
