"""Requests for the gate."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.model import HttpApi
from linters.diff import compare
from linters.gate import GateRequest, GateResult, Profile
from linters.gate.run import Judged, Run
from linters.gate.weighed import Weighed
from linters.suppression import Applied
from tests.linters.diff.building import http

NARROW = {"type": "object", "required": ["a"]}
WIDE = {"type": "object"}


def request(base: HttpApi | None, candidate: HttpApi, **more: Any) -> GateRequest:
    facts: dict[str, Any] = {"findings": (), "problems": (), "today": date(2026, 1, 1), **more}
    return GateRequest(candidate=candidate, base=base, **facts)


def weighed(base: HttpApi | None, candidate: HttpApi, profile: Profile | None = None, **more: Any) -> Weighed:
    asked = request(base, candidate, **more)
    comparison = None if base is None else compare(base, candidate)
    applied = None if asked.findings is None else Applied(asked.findings)
    return Weighed(asked, profile or Profile(), applied, comparison)


def breaking(version: str = "1.0.0") -> tuple[HttpApi, HttpApi]:
    return http(request=WIDE), http(request=NARROW, version=version)


def safe(version: str = "1.1.0") -> tuple[HttpApi, HttpApi]:
    return http(request=NARROW), http(request=WIDE, version=version)


def one(result: GateResult, name: str = "", source: str = "contract.yaml") -> Run:
    """A run over one contract."""
    return Run((Judged(name, result, source),))
