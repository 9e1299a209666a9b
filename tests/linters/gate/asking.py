"""Questions put to the gate, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.document import Position, Range
from linters.diff import Change, Comparison, compare
from linters.gate import Check, GateRequest, GateResult, Profile
from linters.gate.weighed import Weighed
from linters.lint import Finding, Severity
from tests.linters.diff.building import http

TODAY = date(2026, 11, 23)
SKU = {"type": "object", "properties": {"sku": {"type": "string"}}}
"""What consumers read; `BARE` lacks it, which breaks them."""
BARE = {"type": "object", "properties": {"status": {"type": "string"}}}
REQUIRED_SKU = {**SKU, "required": ["sku"]}


def request(candidate: Any, base: Any = None, **facts: Any) -> GateRequest:
    """A request in which everything else is known and good."""
    known: dict[str, Any] = {"findings": (), "problems": (), "today": TODAY, "is_first": base is None}
    return GateRequest(candidate, base, **{**known, **facts})


def broken(version: str = "1.1.0", **facts: Any) -> GateRequest:
    """A response loses a property that it always had."""
    return request(http(response=BARE, version=version), http(response=REQUIRED_SKU), **facts)


def weighed(asked: GateRequest, profile: Profile | None = None, comparison: Any = ...) -> Weighed:
    """The request as the checks see it."""
    if comparison is ...:
        comparison = None if asked.base is None else compare(asked.base, asked.candidate)
    return Weighed(asked, profile or Profile(), asked.findings, comparison)


def change(verdict: str, operation: str | None = "GET /a", *, identifier: str = "x", **more: Any) -> Change:
    return Change(identifier, verdict, None, operation, "", "", None, None, f"{identifier} happened.", **more)  # type: ignore[arg-type]


def comparison(*changes: Change) -> Comparison:
    return Comparison.of(changes, "backward", each=True)


def finding(code: str = "naming", severity: Severity = Severity.ERROR, message: str = "Hm.") -> Finding:
    return Finding(code, message, ("info",), severity, Range(Position(4, 2), Position(4, 9)), "orders.yaml")


def result(outcome: str = "fail", *checks: Check, **more: Any) -> GateResult:
    return GateResult(outcome, "default", checks, **more)  # type: ignore[arg-type]
