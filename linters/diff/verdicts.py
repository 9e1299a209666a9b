"""What a comparison says: changes, each a verdict with its reason and its two places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from contracts.pointers import Path, to_pointer

from .proof.outcome import NOTHING

Verdict = Literal["breaking", "safe", "unknown"]
Side = Literal["consumer", "provider"]

ORDER: dict[str, int] = {"breaking": 0, "unknown": 1, "safe": 2}
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element is written; `line` is one-based."""

    source: str
    path: Path
    line: int

    def as_dict(self) -> dict[str, Any]:
        return {"source": self.source, "pointer": to_pointer(self.path), "line": self.line}


@dataclass(frozen=True, slots=True)
class Change:
    """One transition at one element, judged.

    `operation` is the operation's key (`GET /orders/{id}`, `receive orders.created`), or None where the change
    belongs to the whole contract. `path` names the element inside it as people do
    (`request body application/json: lines/items/sku`). `breaks` says whose programs stop working.
    `reason` is what supports the verdict: what proved it, or what stopped the proof. `data` are the check's own
    figures (before, after, name, …).
    """

    id: str
    verdict: Verdict
    breaks: Side | None
    operation: str | None
    path: str
    pointer: str
    base: Place | None
    revision: Place | None
    message: str
    witness: Any = NOTHING
    reason: str = ""
    severity: str = ""
    data: dict[str, Any] = field(default_factory=dict, compare=False)

    def as_dict(self) -> dict[str, Any]:
        result: dict[str, Any] = {
            "id": self.id,
            "verdict": self.verdict,
            "breaks": self.breaks,
            "operation": self.operation,
            "path": self.path,
            "pointer": self.pointer,
            "base": None if self.base is None else self.base.as_dict(),
            "revision": None if self.revision is None else self.revision.as_dict(),
            "message": self.message,
        }
        if self.reason:
            result["reason"] = self.reason
        if self.witness is not NOTHING:
            result["witness"] = self.witness
        return result


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two contracts, the gravest first.

    `verdict` is `unchanged` where nothing differs that the comparison looks at, else that of the gravest
    change. `policy` names the policy it was judged by.
    """

    verdict: Literal["breaking", "unknown", "safe", "unchanged"]
    changes: tuple[Change, ...]
    policy: str = "backward"

    @classmethod
    def of(cls, changes: Iterable[Change], policy: str) -> Comparison:
        ordered = tuple(sorted(dict.fromkeys(_Keyed(change) for change in changes), key=_Keyed.order))
        found = tuple(keyed.change for keyed in ordered)
        return cls(found[0].verdict if found else "unchanged", found, policy)

    @property
    def counts(self) -> dict[str, int]:
        """How many changes have each verdict; all three are named."""
        counted = Counter(change.verdict for change in self.changes)
        return {verdict: counted[verdict] for verdict in ("breaking", "unknown", "safe")}

    def as_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "policy": self.policy,
            "counts": self.counts,
            "changes": [change.as_dict() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A change by what identifies it, as witnesses may be unhashable."""

    change: Change = field(compare=False)
    key: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        one = self.change
        object.__setattr__(self, "key", (one.id, one.operation, one.path, one.pointer, one.message))

    def order(self) -> tuple[Any, ...]:
        one = self.change
        return ORDER[one.verdict], one.operation or "", one.path, one.id, one.pointer, one.message
