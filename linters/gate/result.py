"""What the gate answers: one outcome, and one for each check, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from contracts.document import Position, Range
from linters.diff import Comparison
from linters.lint import Finding, Severity
from linters.reports import Suppressed

from .approvals import Approval

Outcome = Literal["pass", "fail", "unchecked"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. One that is not `required` is told and does not decide."""

    name: str
    outcome: Outcome
    reason: str
    required: bool = True
    details: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "outcome": self.outcome,
            "required": self.required,
            "reason": self.reason,
            "details": dict(self.details),
        }


@dataclass(frozen=True, slots=True)
class GateResult:
    """The decision. Only `pass` lets a version through; `unchecked` is no yes."""

    outcome: Outcome
    profile: str
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...] = ()
    comparison: Comparison | None = None
    suggested_version: str | None = None
    suppressed: tuple[Suppressed, ...] = ()
    """Findings that somebody answers for; none of them is in `findings`."""
    approved: tuple[Approval, ...] = ()
    """The approvals of changes that would have failed it; `comparison` has those changes as they were judged."""

    @property
    def accepted(self) -> bool:
        return self.outcome == "pass"

    def as_dict(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "profile": self.profile,
            "suggested_version": self.suggested_version,
            "checks": [check.as_dict() for check in self.checks],
            "findings": [finding.as_dict() for finding in self.findings],
            "suppressed": [one.as_dict() for one in self.suppressed],
            "approved": [one.as_dict() for one in self.approved],
            "comparison": None if self.comparison is None else self.comparison.as_dict(),
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> GateResult:
        """The result that `as_dict` told of, as a registry sends it."""
        checks = tuple(
            Check(
                one["name"], one["outcome"], one["reason"], one.get("required", True), one.get("details", {})
            )
            for one in value["checks"]
        )
        comparison = value.get("comparison")
        return cls(
            value["outcome"],
            value.get("profile", ""),
            checks,
            tuple(_finding(one) for one in value.get("findings", ())),
            None if comparison is None else Comparison.from_dict(comparison),
            value.get("suggested_version"),
            tuple(_suppressed(one) for one in value.get("suppressed", ())),
            tuple(Approval.from_dict(one) for one in value.get("approved", ())),
        )


def _suppressed(value: Mapping[str, Any]) -> Suppressed:
    why = value["suppressed"]
    return Suppressed(_finding(value), why["reason"], why["kind"])


def _finding(value: Mapping[str, Any]) -> Finding:
    start, end = value["range"]["start"], value["range"]["end"]
    return Finding(
        value["code"],
        value["message"],
        tuple(value["path"]),
        Severity(value["severity"]),
        Range(Position(start["line"], start["character"]), Position(end["line"], end["character"])),
        value.get("source", ""),
        value.get("documentationUrl"),
    )
