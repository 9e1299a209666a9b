"""Replays one folder of cases and keeps the score."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from . import deviations
from .results import OUTCOMES, CaseResult

FOLDERS = ("spectral", "breaking", "proxy", "schemathesis")
WHOLE = ("proxy", "schemathesis")
"""Those of which every case passes or deviates with a reason."""
_PLACES = {"schemathesis": "corpus/openapi"}
ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = Path(__file__).parent / "floors.yaml"


@dataclass(frozen=True, slots=True)
class Score:
    """What a run found out."""

    results: tuple[CaseResult, ...]
    stale: tuple[deviations.Deviation, ...]

    @property
    def sets(self) -> dict[str, dict[str, int]]:
        """Per set, in the order of the data: how many cases passed, failed, deviate, were skipped."""
        counts: dict[str, Counter[str]] = {}
        for result in self.results:
            counts.setdefault(result.set, Counter())[result.outcome] += 1
        return {name: {outcome: count[outcome] for outcome in OUTCOMES} for name, count in counts.items()}

    @property
    def differing(self) -> tuple[CaseResult, ...]:
        """Failed and deviating cases."""
        return tuple(result for result in self.results if result.outcome in ("failed", "deviating"))

    @property
    def good(self) -> bool:
        return not self.stale and all(result.outcome != "failed" for result in self.results)

    def as_dict(self) -> dict[str, Any]:
        return {"sets": self.sets, "differing": [result.id for result in self.differing]}


def default_data(folder: str) -> Path:
    return ROOT.parent / "shared" / place_of(folder)


def place_of(folder: str) -> str:
    """Where the cases of a folder, or what they are made from, are in the shared folder."""
    return _PLACES.get(folder, f"conformance/{folder}")


def available(folder: str) -> str | None:
    """Why the cases of `folder` cannot be replayed by this project, or None where they can."""
    if not (Path(__file__).parent / f"{folder}.py").is_file():
        return f"tests/conformance/{folder}.py does not exist"
    return None


def run(folder: str, data: Path, progress: Callable[[CaseResult], None] | None = None) -> Score:
    """Replays the cases in `data` by the module named `folder`."""
    module = importlib.import_module(f"tests.conformance.{folder}")

    def cases() -> Iterator[CaseResult]:
        for result in module.replay(data):
            if progress is not None:
                progress(result)
            yield result

    return Score(*deviations.apply(cases(), deviations.load(folder)))


def floors(folder: str) -> dict[str, int]:
    """Per set the number of cases that have to pass or deviate with a reason."""
    if not FLOORS.is_file():
        return {}
    recorded = yaml.safe_load(FLOORS.read_text()) or {}
    return {str(name): int(floor) for name, floor in (recorded.get(folder) or {}).items()}


def record(folder: str, score: Score) -> None:
    """Raises the floors of `folder` to this score; they are never lowered."""
    recorded: dict[str, dict[str, int]] = {}
    if FLOORS.is_file():
        recorded = yaml.safe_load(FLOORS.read_text()) or {}
    before = recorded.get(folder) or {}
    recorded[folder] = {
        name: max(before.get(name, 0), counts["passed"] + counts["deviating"])
        for name, counts in score.sets.items()
    }
    head = "# Cases per set that pass, or deviate with a reason. Raised by `python -m tests.conformance NAME --record`.\n"
    FLOORS.write_text(head + yaml.safe_dump(recorded, sort_keys=True))


def fallen(folder: str, score: Score) -> dict[str, tuple[int, int]]:
    """The sets whose score is under their floor: (score, floor)."""
    reached = {name: counts["passed"] + counts["deviating"] for name, counts in score.sets.items()}
    return {
        name: (reached.get(name, 0), floor)
        for name, floor in floors(folder).items()
        if reached.get(name, 0) < floor
    }
