"""What became of an exchange, in the words that a decision and a running gateway have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Fault

from .cases import Case


@dataclass(frozen=True, slots=True)
class Told:
    """`code` is that of the refusal of the request, empty where it passed; `response` that of the response."""

    code: str = ""
    faults: tuple[Fault, ...] = ()
    response: str = ""
    response_faults: tuple[Fault, ...] = ()
    unvalidated: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """In a line, for people."""
        if self.code:
            return _first(self.faults)
        if self.response:
            return _first(self.response_faults)
        return f"unvalidated: {self.unvalidated}" if self.unvalidated else ""


def _first(faults: Iterable[Fault]) -> str:
    return "; ".join(f"{fault.place} {fault.pointer}: {fault.message}" for fault in list(faults)[:3])


class Engine(Protocol):
    """Has an exchange judged: by the decision itself, or by a gateway that runs."""

    def __call__(self, snapshot: Snapshot, case: Case) -> Told: ...
