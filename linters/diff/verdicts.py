"""What a comparison says: changes, each a verdict with its reason and its two places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from contracts.pointers import Path, from_pointer, to_pointer

from .proof.outcome import NOTHING

Verdict = Literal["breaking", "safe", "unknown"]
Side = Literal["consumer", "provider"]

ORDER: dict[str, int] = {"breaking": 0, "unknown": 1, "safe": 2}
"""The gravest first."""


_VIEWS = {
    ("send", "consumer"): "breaks subscribers: they get what they do not expect, or no more of what they do",
    ("send", "provider"): "breaks the application that sends, where it still follows the base",
    ("receive", "consumer"): "breaks those who send to the application: what they send is not taken any more",
    ("receive", "provider"): "breaks the application that receives, where it still follows the base",
}
"""Whom a change of an event operation breaks, told from the application's side (AsyncAPI 3.0.0, `action`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element is written; `line` is one-based."""

    source: str
    path: Path
    line: int

    def as_dict(self) -> dict[str, Any]:
        return {"source": self.source, "pointer": to_pointer(self.path), "line": self.line}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any] | None) -> Place | None:
        return None if value is None else cls(value["source"], from_pointer(value["pointer"]), value["line"])


@dataclass(frozen=True, slots=True)
class Change:
    """One transition at one element, judged.

    `operation` is the operation's key (`GET /orders/{id}`, `receive orders.created`), or None where the change
    belongs to the whole contract. `path` names the element inside it as people do
    (`request body application/json: lines/items/sku`). `breaks` says whose programs stop working.
    `reason` is what supports the verdict: what proved it, or what stopped the proof. `data` are the check's own
    figures (before, after, name, …). A change of something that several operations share is one change:
    `operations` names them all, and `operation` is the first.
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
    accepted_by: Literal["base", "revision"] | None = None
    """Which side accepts the witness; the other refuses it."""
    operations: tuple[str, ...] = field(default=(), compare=False)
    data: dict[str, Any] = field(default_factory=dict, compare=False)
    fingerprint: str = field(default="", compare=False)
    """What the change is approved by, wherever its lines move; empty where nobody worked it out."""

    @property
    def view(self) -> str | None:
        """Whom a breaking change of an event operation breaks, in the words of events; None for all others."""
        action = (self.operation or "").partition(" ")[0]
        return _VIEWS.get((action, self.breaks or "")) if self.verdict == "breaking" else None

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
            "fingerprint": self.fingerprint,
        }
        if self.view is not None:
            result["view"] = self.view
        if len(self.operations) > 1:
            result["operations"] = list(self.operations)
        if self.reason:
            result["reason"] = self.reason
        if self.witness is not NOTHING:
            result["witness"] = self.witness
            result["accepted_by"] = self.accepted_by
        return result

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Change:
        """The change that `as_dict` told of, its figures aside."""
        operations = value.get("operations") or ([value["operation"]] if value["operation"] else [])
        return cls(
            value["id"], value["verdict"], value["breaks"], value["operation"], value["path"], value["pointer"],
            Place.from_dict(value["base"]), Place.from_dict(value["revision"]), value["message"],
            value.get("witness", NOTHING), value.get("reason", ""), value.get("accepted_by"), tuple(operations),
            fingerprint=value.get("fingerprint", ""),
        )  # fmt: skip


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
    def of(cls, changes: Iterable[Change], policy: str, *, each: bool = False) -> Comparison:
        """The changes in order, and, unless `each` is wanted, one for what several operations share."""
        found = tuple(sorted(changes if each else _merged(changes), key=_order))
        return cls(found[0].verdict if found else "unchanged", found, policy)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Comparison:
        """The comparison that `as_dict` told of."""
        changes = tuple(Change.from_dict(change) for change in value["changes"])
        return cls(value["verdict"], changes, value.get("policy", ""))

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


def _merged(changes: Iterable[Change]) -> list[Change]:
    """One change for what several operations have in common: the same happening at the same places."""
    found: dict[tuple[Any, ...], Change] = {}
    for one in changes:
        shown = one.message if one.operation is None else one.message.replace(one.operation, "")
        key = (one.id, one.verdict, one.base, one.revision, one.path, shown)
        known = found.get(key)
        if known is None:
            found[key] = one
        elif known.operations != one.operations:
            found[key] = replace(known, operations=tuple(dict.fromkeys((*known.operations, *one.operations))))
    return list(found.values())


def _order(one: Change) -> tuple[Any, ...]:
    return ORDER[one.verdict], one.operation or "", one.path, one.id, one.pointer, one.message
