"""Judgement: a candidate held against policy and against what it follows. The one place that knows how.

Pure: nothing here reads or writes the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linters import diff
from registry.domain.contracts import Version
from registry.domain.reports import Outcome

from .candidates import Candidate


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registry knows that bears on a candidate. `history` has the newest version first."""

    contract: str
    version: str
    profile: str
    base: Version | None
    base_candidate: Candidate | None
    history: tuple[str, ...]
    callers: tuple[str, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """`findings` are `Finding.as_dict`, `comparison` is `Comparison.as_dict`, `result` is `GateResult.as_dict`."""

    outcome: Outcome
    ruleset: str
    findings: tuple[Mapping[str, Any], ...]
    comparison: Mapping[str, Any] | None
    result: Mapping[str, Any]


def compare(base: Candidate, revision: Candidate) -> Mapping[str, Any]:
    """What changed between two contracts; two of different kinds are not comparable and say so."""
    return diff.compare(base.api, revision.api).as_dict()


def judge(candidate: Candidate, facts: Facts) -> Judgement:
    """Validity, lint, comparison and the gate's decision over all of it."""
    comparison = None if facts.base_candidate is None else compare(facts.base_candidate, candidate)
    problems = [str(problem) for problem in candidate.documents.problems]
    outcome = (
        Outcome.FAIL if problems or (comparison and comparison["verdict"] == "breaking") else Outcome.PASS
    )
    checks = [
        {"name": "references", "outcome": "fail" if problems else "pass", "reason": "; ".join(problems[:5])},
        {
            "name": "compatibility",
            "outcome": "fail" if comparison and comparison["verdict"] == "breaking" else "pass",
            "reason": ""
            if comparison is None
            else f"The comparison with {facts.base and facts.base.version} says {comparison['verdict']}.",
        },
    ]
    result = {"outcome": str(outcome), "checks": checks, "findings": [], "comparison": comparison}
    return Judgement(outcome, "", (), comparison, result)
