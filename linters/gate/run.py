"""One run of the gate over any number of contracts: what it says of each, and of all together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from .result import Check, GateResult, Outcome

ORDER: dict[Outcome, int] = {"fail": 0, "unchecked": 1, "pass": 2}
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of one contract.

    `source` is its file, empty where it is in none any more. `how` says what happened to it (`changed`, `new`,
    `deleted`, `was api/old.yaml`), where that is known.
    """

    name: str
    result: GateResult
    source: str = ""
    how: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "source": self.source, "how": self.how, **self.result.as_dict()}


@dataclass(frozen=True, slots=True)
class Run:
    """`notes` are about the whole run; `against` says for people what the contracts were compared with."""

    judged: tuple[Judged, ...]
    notes: tuple[str, ...] = ()
    against: str = ""

    @property
    def outcome(self) -> Outcome:
        """The gravest of all. A run in which there was nothing to judge refuses nothing."""
        return min((one.result.outcome for one in self.judged), key=ORDER.__getitem__, default="pass")

    @property
    def in_order(self) -> tuple[Judged, ...]:
        """The gravest first, then by name."""
        return tuple(sorted(self.judged, key=lambda one: (ORDER[one.result.outcome], one.name)))

    @property
    def summary(self) -> str:
        """`fail`, or how many contracts have which outcome."""
        if len(self.judged) == 1:
            return self.outcome
        counted = Counter(one.result.outcome for one in self.judged)
        numbers = [f"{counted[outcome]} {outcome}" for outcome in ORDER if counted[outcome]]
        return f"{', '.join(numbers)} of {len(self.judged)} contracts" if numbers else "no contract changed"

    def as_dict(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "against": self.against,
            "notes": list(self.notes),
            "contracts": [one.as_dict() for one in self.in_order],
        }


def unjudged(profile: str, reason: str) -> GateResult:
    """The answer for a contract that could not be read: none."""
    return GateResult("unchecked", profile, (Check("validity", "unchecked", reason),))
