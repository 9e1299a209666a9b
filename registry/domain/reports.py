"""What was found when a version was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    PASS = "pass"
    FAIL = "fail"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class LintReport:
    """`findings` are as `linters.lint.Finding.as_dict` gives them, errors first; `total` counts those beyond the bound too."""

    id: int
    version_id: int
    ruleset: str
    errors: int
    warnings: int
    infos: int
    hints: int
    findings: tuple[Mapping[str, Any], ...]
    created_at: datetime

    @property
    def total(self) -> int:
        return self.errors + self.warnings + self.infos + self.hints


@dataclass(frozen=True, slots=True)
class DiffReport:
    """`changes` are as `linters.diff.Change.as_dict` gives them."""

    id: int
    contract: str
    base: str
    revision: str
    verdict: str
    breaking: int
    safe: int
    unknown: int
    changes: tuple[Mapping[str, Any], ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class GateRun:
    """One yes or no to a candidate, and why.

    `source` says what asked: publish, import, or check (CI). `checks` are `{name, outcome, reason, …}`;
    `result` is the gate's whole answer. `version` is the number that was asked for.
    """

    id: int
    contract: str
    version: str
    digest: str
    profile: str
    source: str
    outcome: Outcome
    checks: tuple[Mapping[str, Any], ...]
    base: str | None
    actor: str
    created_at: datetime
    result: Mapping[str, Any]
