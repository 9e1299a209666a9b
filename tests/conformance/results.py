"""What became of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["passed", "failed", "deviating", "skipped"]
OUTCOMES: tuple[Outcome, ...] = ("passed", "failed", "deviating", "skipped")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: which, and what became of it. `detail` says why it is not passed."""

    set: str
    id: str
    outcome: Outcome
    detail: str = ""


def passed(set_name: str, case: str) -> CaseResult:
    return CaseResult(set_name, case, "passed")


def failed(set_name: str, case: str, detail: str) -> CaseResult:
    return CaseResult(set_name, case, "failed", detail)


def skipped(set_name: str, case: str, reason: str) -> CaseResult:
    return CaseResult(set_name, case, "skipped", reason)


def judged(set_name: str, case: str, judge: Callable[[], str | None]) -> CaseResult:
    """Passed where `judge` returns None, else failed with what it says, or with the exception it raised."""
    try:
        difference = judge()
    except RecursionError:
        return failed(set_name, case, "RecursionError")
    except Exception as error:  # noqa: BLE001  (a crash in one case must not hide the others; it is a failure)
        return failed(set_name, case, f"{type(error).__name__}: {error}")
    return passed(set_name, case) if difference is None else failed(set_name, case, difference)
