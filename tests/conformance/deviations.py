"""Known deviations: cases that differ on purpose, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from .results import CaseResult

FOLDER = Path(__file__).parent / "deviations"


@dataclass(frozen=True, slots=True)
class Deviation:
    """`id` is a case's id or a glob over ids."""

    id: str
    reason: str

    def covers(self, case: str) -> bool:
        return self.id == case or fnmatchcase(case, self.id)


def load(name: str, folder: Path = FOLDER) -> tuple[Deviation, ...]:
    """The deviations of one folder of cases; raises ValueError where one has no reason."""
    file = folder / f"{name}.yaml"
    if not file.is_file():
        return ()
    entries = yaml.safe_load(file.read_text()) or []
    for entry in entries:
        if set(entry) != {"id", "reason"} or not str(entry["reason"]).strip():
            raise ValueError(f"{file.name}: a deviation has an id and a reason, this one is {entry!r}")
    return tuple(Deviation(str(entry["id"]), str(entry["reason"])) for entry in entries)


def apply(
    results: Iterable[CaseResult], deviations: tuple[Deviation, ...]
) -> tuple[tuple[CaseResult, ...], tuple[Deviation, ...]]:
    """The results, failures that are known turned into deviations, and the deviations that are stale."""
    judged = []
    seen: set[Deviation] = set()
    used: set[Deviation] = set()
    for result in results:
        covering = [deviation for deviation in deviations if deviation.covers(result.id)]
        seen.update(covering)
        if covering and result.outcome == "failed":
            used.update(covering)
            result = replace(result, outcome="deviating", detail=covering[0].reason)
        judged.append(result)
    # Data that holds none of a deviation's cases says nothing about it.
    return tuple(judged), tuple(d for d in deviations if d in seen and d not in used)
