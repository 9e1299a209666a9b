"""Judging: from transitions and differences to changes, by variance, policy and proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from contracts.model import Origin
from contracts.pointers import to_pointer
from contracts.references import DocumentSet

from .checks import Check, find
from .evidence import Evidence
from .policy import CompatPolicy
from .proof import Outcome, Proof
from .proof.outcome import NOTHING
from .schemas import Difference, Node, Reader, SchemaWalk
from .switches import verdict_by_switch
from .transitions import SchemaPair, Slot, Transition
from .variance import Effect, broken, producer_is_base
from .verdicts import Change, Place, Side, Verdict
from .wording import sentence, subject

_BY_RULE = frozenset(
    ("type", "list-of-types", "enum", "enum-value", "const", "nullable", "property", "required")
)
"""Elements whose rule is certain enough to say breaking where no witness was found."""


@dataclass(frozen=True, slots=True)
class _Decision:
    verdict: Verdict
    breaks: Side | None = None
    witness: Any = NOTHING
    reason: str = ""


_SAFE = _Decision("safe")


@dataclass
class Judge:
    """Judges what the walks state about one pair of contracts."""

    base: DocumentSet
    revision: DocumentSet
    policy: CompatPolicy
    evidence: Evidence = field(init=False)
    schemas: SchemaWalk = field(init=False)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.base, self.revision, self.policy)
        self.schemas = SchemaWalk(Reader(self.base), Reader(self.revision))

    def judge(self, found: Iterable[Transition | SchemaPair]) -> Iterator[Change]:
        for one in found:
            if isinstance(one, Transition):
                yield self._transition(one)
            else:
                yield from self._schemas(one)

    # -- elements that are no schemas ---------------------------------------------------------------------

    def _transition(self, one: Transition) -> Change:
        check = find(one.element, one.action)
        sides = [side for side in broken(check.effect, one.flow) if side in self.policy.protects]
        decision = _Decision("breaking", sides[0]) if sides else _SAFE
        name = str(one.data.get("name", ""))
        return self._change(
            check, check.id(one.side, one.place, name), decision, one.operation, one.path,
            one.base, one.revision, sentence(check.says, one.what, one.operation, one.data), one.data, one.flow.value,
        )  # fmt: skip

    # -- schemas ------------------------------------------------------------------------------------------

    def _schemas(self, pair: SchemaPair) -> Iterator[Change]:
        slot = pair.slot
        if pair.base is None and pair.revision is None:
            return
        base = self._node(pair.base, pair.base_at)
        revision = self._node(pair.revision, pair.revision_at)
        if self.schemas.agreement.of(base, revision):
            return
        if pair.base is None or pair.revision is None:
            differences = [_appeared(base, revision, gone=pair.revision is None)]
        else:
            differences = list(self.schemas.differences(base, revision))
        unclear = self.evidence.unclear(base, revision, slot.direction)
        open_sides = self._open_sides(slot, base, revision, bool(unclear))
        explained: set[Side] = set()
        for one in differences:
            decision = self._difference(slot, one, open_sides)
            if decision.breaks is not None:
                explained.add(decision.breaks)
            yield self._described(slot, one, decision)
        for side in self.policy.protects:
            if side in open_sides and side not in explained:
                yield from self._unexplained(slot, base, revision, side, open_sides[side], unclear)

    def _node(self, schema: Any, origin: Origin) -> Node:
        return Node(True, origin, "json-schema-2020-12") if schema is None else self.schemas.base.node(schema)

    def _open_sides(self, slot: Slot, base: Node, revision: Node, unclear: bool) -> dict[Side, str]:
        """Sides for which the schemas as wholes are not proved to be fine, with the obstacle."""
        found: dict[Side, str] = {}
        for side in self.policy.protects:
            obstacle = self.evidence.contained(
                base, revision, slot.direction, base_inside=producer_is_base(side, slot.flow)
            )
            if obstacle is not None or unclear:
                found[side] = obstacle or "the schema holds what is not understood"
        return found

    def _difference(self, slot: Slot, one: Difference, open_sides: dict[Side, str]) -> _Decision:
        check = find(one.element, one.action)
        if not open_sides:
            return _Decision("safe", reason="proved" if check.effect is not Effect.NONE else "")
        gravest = _SAFE
        for side in open_sides:
            if side in broken(check.effect, slot.flow) or (check.effect is Effect.NONE and check.keywords):
                decision = self._decide(slot, one, check, side)
                if decision.verdict == "breaking":
                    return decision
                if decision.verdict == "unknown" or gravest is _SAFE:
                    gravest = decision
        return gravest

    def _decide(self, slot: Slot, one: Difference, check: Check, side: Side) -> _Decision:
        """Whether a difference breaks a side: by the compositions around it, then by its own proof."""
        inside = producer_is_base(side, slot.flow)
        for old, new in one.within:
            if self.evidence.contained(old, new, slot.direction, base_inside=inside) is None:
                return _Decision("safe", reason="the composition around it is proved to be contained")
        if not check.keywords and check.effect is not Effect.ALTERS:
            return _Decision("breaking", side)
        unclear = self.evidence.unclear(one.base, one.revision, slot.direction)
        proof = self.evidence.leaf(
            one.base, one.revision, slot.direction, check.keywords, one.only, base_inside=inside
        )
        return _decision(proof, one, check, side, unclear)

    def _unexplained(
        self, slot: Slot, base: Node, revision: Node, side: Side, obstacle: str, unclear: tuple[str, ...]
    ) -> Iterator[Change]:
        """What the proof sees and no rule explains, or what stopped the proof."""
        if unclear:
            decision = _Decision("unknown", side, reason="not understood: " + "; ".join(unclear[:3]))
            yield self._generic(slot, base, revision, "unproved", decision)
            return
        inside = producer_is_base(side, slot.flow)
        proof = self.evidence.prove(base, revision, slot.direction, base_inside=inside)
        if proof.outcome is Outcome.NO:
            action = "refused" if inside else "exceeded"
            yield self._generic(
                slot, base, revision, action, _Decision("breaking", side, proof.witness, "a witness")
            )
        elif proof.outcome is Outcome.UNKNOWN:
            reason = f"the proof stopped at: {proof.reason or obstacle}"
            yield self._generic(slot, base, revision, "unproved", _Decision("unknown", side, reason=reason))

    def _generic(self, slot: Slot, base: Node, revision: Node, action: str, decision: _Decision) -> Change:
        one = Difference("schema", action, "", base, revision, ((), ()), {}, nested=False)
        return self._described(slot, one, decision)

    def _described(self, slot: Slot, one: Difference, decision: _Decision) -> Change:
        check = find(one.element, one.action)
        place = slot.nested if one.nested else slot.root
        path = f"{slot.path}: {one.path}" if one.path else slot.path
        at_base, at_revision = one.at
        base = None if at_base is None else Origin(one.base.origin.source, (*one.base.origin.path, *at_base))
        revision = (
            None
            if at_revision is None
            else Origin(one.revision.origin.source, (*one.revision.origin.path, *at_revision))
        )
        message = sentence(check.says, subject(slot.what, one.path), slot.operation, one.data)
        data = {**one.data, "property": one.path}
        return self._change(
            check, check.id(slot.side, place, str(one.data.get("name", ""))), decision, slot.operation, path,
            base, revision, message, data, slot.flow.value,
        )  # fmt: skip

    # -- changes ------------------------------------------------------------------------------------------

    def _change(
        self,
        check: Check,
        identifier: str,
        decision: _Decision,
        operation: str | None,
        path: str,
        base: Origin | None,
        revision: Origin | None,
        message: str,
        data: dict[str, Any],
        flow: str,
    ) -> Change:
        switched = verdict_by_switch(self.policy, check, identifier, flow, data)
        if switched is not None and switched != decision.verdict:
            breaks = None if switched == "safe" else self.policy.protects[0]
            decision = replace(
                decision, verdict=switched, breaks=breaks, reason=f"the policy {self.policy.name}"
            )
        if decision.verdict == "safe":
            decision = replace(decision, breaks=None, witness=NOTHING)
        places = _place(self.base, base), _place(self.revision, revision)
        pointed = revision or base
        return Change(
            identifier, decision.verdict, decision.breaks, operation, path,
            to_pointer(pointed.path) if pointed else "", *places, message, decision.witness, decision.reason, data=data,
        )  # fmt: skip


def _decision(proof: Proof, one: Difference, check: Check, side: Side, unclear: tuple[str, ...]) -> _Decision:
    if proof.outcome is Outcome.YES:
        if unclear:
            return _Decision("unknown", side, reason="not understood: " + "; ".join(unclear[:3]))
        return _Decision("safe", reason="proved" if check.effect is not Effect.NONE else "")
    if proof.outcome is Outcome.NO:
        return _Decision("breaking", side, proof.witness, "a witness")
    certain = one.element in _BY_RULE or one.action in ("increased", "decreased", "set", "unset")
    if certain and check.effect is not Effect.NONE:
        return _Decision("breaking", side, reason=f"by rule; no witness was found ({proof.reason})")
    if check.effect is Effect.NONE:
        return _SAFE
    return _Decision("unknown", side, reason=f"the proof stopped at: {proof.reason}")


def _appeared(base: Node, revision: Node, *, gone: bool) -> Difference:
    action = "vanished" if gone else "appeared"
    return Difference("schema", action, "", base, revision, ((), ()), {}, nested=False)


def _place(documents: DocumentSet, origin: Origin | None) -> Place | None:
    if origin is None:
        return None
    document = documents.documents.get(origin.source, documents.root)
    return Place(origin.source or document.source, origin.path, document.line(origin.path))
