"""Judging transitions of elements that are no schemas, and making changes of whatever was judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from contracts.model import Origin
from contracts.pointers import to_pointer
from contracts.references import DocumentSet

from .checks import Check, find
from .fingerprints import CONTENT, content
from .policy import CompatPolicy
from .proof.outcome import NOTHING
from .switches import verdict_by_switch
from .transitions import Transition
from .variance import Flow, broken, producer_is_base
from .verdicts import Change, Place, Side, Verdict
from .wording import sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, whom it concerns, and what supports it."""

    verdict: Verdict
    breaks: Side | None = None
    witness: Any = NOTHING
    reason: str = ""


SAFE = Decision("safe")


@dataclass
class Judge:
    """Judges transitions of one pair of contracts by variance and policy."""

    base: DocumentSet
    revision: DocumentSet
    policy: CompatPolicy
    _places: dict[tuple[bool, Origin], Place] = field(default_factory=dict)

    def judge(self, found: Iterable[Transition]) -> Iterator[Change]:
        for one in found:
            check = find(one.element, one.action)
            sides = [side for side in broken(check.effect, one.flow) if side in self.policy.protects]
            decision = Decision("breaking", sides[0]) if sides else SAFE
            yield self.change(
                check, check.id(one.side, one.place, str(one.data.get("name", ""))), decision,
                (one.operation,), one.path, (one.base, one.revision), one.what, one.data, one.flow,
            )  # fmt: skip

    def change(
        self,
        check: Check,
        identifier: str,
        decision: Decision,
        operations: tuple[str | None, ...],
        path: str,
        places: tuple[Origin | None, Origin | None],
        what: str,
        data: dict[str, Any],
        flow: Flow,
    ) -> Change:
        """The change that a decision makes of a transition, the policy's switches applied."""
        switched = verdict_by_switch(self.policy, check, identifier, flow, data)
        if switched is not None and switched[0] != decision.verdict:
            verdict, breaks = switched
            reason = f"by the policy {self.policy.name}"
            decision = replace(decision, verdict=verdict, breaks=breaks, reason=reason)
        if decision.verdict == "safe":
            decision = replace(decision, breaks=None, witness=NOTHING)
        accepted_by: Literal["base", "revision"] | None = None
        if decision.witness is not NOTHING and decision.breaks is not None:
            accepted_by = "base" if producer_is_base(decision.breaks, flow) else "revision"
        base, revision = places
        pointed = revision or base
        written = content(places, (self.base, self.revision))
        if written is not None:
            data = {**data, CONTENT: written}
        return Change(
            identifier, decision.verdict, decision.breaks, operations[0], path,
            to_pointer(pointed.path) if pointed else "",
            self._place(base, at_base=True), self._place(revision, at_base=False),
            sentence(check.says, what, operations[0], data), decision.witness, decision.reason,
            accepted_by, tuple(one for one in operations if one is not None), data,
        )  # fmt: skip

    def _place(self, origin: Origin | None, *, at_base: bool) -> Place | None:
        if origin is None:
            return None
        key = (at_base, origin)
        if key not in self._places:
            documents = self.base if at_base else self.revision
            document = documents.documents.get(origin.source, documents.root)
            self._places[key] = Place(
                origin.source or document.source, origin.path, document.line(origin.path)
            )
        return self._places[key]
