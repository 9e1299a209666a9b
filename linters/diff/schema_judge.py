"""Judging what differs between schemas: by the proof of the whole, then change by change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from contracts.model import Origin, Schema

from .checks import Check, find
from .evidence import Evidence
from .judge import SAFE, Decision, Judge
from .proof import Outcome, Proof
from .schemas import Difference, Graph, Node, Reader, SchemaWalk, Vertex, bits, lowest
from .schemas.difference import join
from .telling import alike, place_of, special, told
from .transitions import SchemaPair, Slot
from .variance import Effect, broken, producer_is_base
from .verdicts import Change, Side
from .wording import subject

_BY_RULE = frozenset(("type", "list-of-types", "enum", "enum-value", "const", "nullable", "property"))
"""Elements whose rule is certain enough to say breaking where no witness was found."""


OVERRULED = "proved, though by its rule alone it would break"
"""Why a change is safe that its rule takes for breaking."""


@dataclass(frozen=True, slots=True)
class _Root:
    slot: Slot
    base: Node
    revision: Node
    missing: str = ""
    """The action that describes it where one side has no schema."""


@dataclass
class SchemaJudge:
    """Judges the schemas of one pair of contracts, each pair of components once for each way data flows."""

    judge: Judge
    each: bool = False
    """Whether every operation and every way to a component gives a change of its own."""
    evidence: Evidence = field(init=False)
    walk: SchemaWalk = field(init=False)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.judge.base, self.judge.revision, self.judge.policy)
        self.walk = SchemaWalk(Reader(self.judge.base), Reader(self.judge.revision))

    def changes(self, pairs: Iterable[SchemaPair]) -> Iterator[Change]:
        groups: dict[tuple[Any, ...], list[_Root]] = defaultdict(list)
        for number, pair in enumerate(pairs):
            root = self._root(pair)
            if root is not None:
                slot = pair.slot
                key = (slot.side, slot.root, slot.flow, slot.direction, slot.wire, slot.location,
                       slot.required, slot.stability, slot.is_xml, number if self.each else 0)  # fmt: skip
                groups[key].append(root)
        for roots in groups.values():
            yield from _Group(self, roots).changes()

    def _root(self, pair: SchemaPair) -> _Root | None:
        if pair.base is None and pair.revision is None:
            return None
        base, revision = self._node(pair.base, pair.base_at), self._node(pair.revision, pair.revision_at)
        if self.walk.agreement.of(base, revision):
            return None
        missing = "appeared" if pair.base is None else "vanished" if pair.revision is None else ""
        return _Root(pair.slot, base, revision, missing)

    def _node(self, schema: Schema | None, origin: Origin) -> Node:
        return Node(True, origin, "json-schema-2020-12") if schema is None else self.walk.base.node(schema)


class _Group:
    """Roots whose data flows the same way and whose changes are called the same."""

    def __init__(self, of: SchemaJudge, roots: list[_Root]) -> None:
        self._evidence, self._judge = of.evidence, of.judge
        self._roots = roots
        self._slot = roots[0].slot
        pairs = [(root.base, root.revision) for root in roots]
        self._graph = Graph(of.walk, pairs, shared=not of.each)
        self._unclear = [self._evidence.unclear(*pair, self._slot.direction) for pair in pairs]
        self._concerned: dict[int, tuple[str | None, ...]] = {}

    def changes(self) -> Iterator[Change]:
        protected = self._judge.policy.protects
        open_roots = {side: self._open(side) for side in protected}
        live = {side: self._graph.reached(open_roots[side], self._passes(side)) for side in protected}
        reached = self._graph.reached((1 << len(self._roots)) - 1, lambda _, __: True)
        explained = dict.fromkeys(protected, 0)
        for index, vertex in enumerate(self._graph.vertices):
            for one in told(vertex, self._slot, self._judge.policy):
                decision, by = SAFE, 0
                check = find(one.element, one.action)
                for side in protected:
                    # What is no matter of values is judged wherever the values are proved to be fine.
                    unproved = check.by_rule or one.element == "keyword"
                    concerned = reached[index] if unproved else live[side][index]
                    if concerned:
                        found = self._decide(one, check, side)
                        if found.breaks is not None:
                            explained[side] |= live[side][index]
                        if _graver(found, decision):
                            decision, by = found, concerned
                if decision is SAFE and check.effect is not Effect.NONE:
                    decision = self._proved(one)
                    one = alike(one, self._slot)
                yield self._described(one, vertex, decision, by or reached[index])
        for number, root in enumerate(self._roots):
            for side in protected:
                if (open_roots[side] & ~explained[side]) >> number & 1:
                    yield from self._unexplained(number, root, side)

    def _proved(self, one: Difference) -> Decision:
        """Safe by proof; where the rule alone would say otherwise, both are told."""
        sides = broken(find(one.element, one.action).effect, self._slot.flow)
        against = any(side in sides for side in self._judge.policy.protects)
        return Decision("safe", reason=OVERRULED if against else "proved")

    def _open(self, side: Side) -> int:
        """Roots that are not proved to be fine for a side, as a bit mask."""
        mask = 0
        for number, root in enumerate(self._roots):
            if self._unclear[number] or not self._is_contained(root.base, root.revision, side):
                mask |= 1 << number
        return mask

    def _passes(self, side: Side) -> Any:
        """Below a composition that is contained as a whole nothing matters."""

        def passes(vertex: Vertex, edge: Any) -> bool:
            return not edge.composed or not self._is_contained(*vertex.pair, side)

        return passes

    def _is_contained(self, base: Node, revision: Node, side: Side) -> bool:
        inside = producer_is_base(side, self._slot.flow)
        obstacle = self._evidence.contained(
            base, revision, self._slot.direction, base_inside=inside, wire=self._slot.wire
        )
        return obstacle is None

    def _decide(self, one: Difference, check: Check, side: Side) -> Decision:
        """Whether a difference breaks a side, by a proof of its own."""
        slot = self._slot
        if one.element == "keyword":
            return Decision("unknown", side, reason=f"not understood: {one.data['name']}")
        if side not in broken(check.effect, slot.flow) and not (
            check.effect is Effect.NONE and check.keywords
        ):
            return SAFE
        if check.by_rule or (not check.keywords and check.effect is not Effect.ALTERS):
            return Decision("breaking", side)
        unclear = self._evidence.unclear(one.base, one.revision, slot.direction)
        proof = self._evidence.leaf(
            one.base, one.revision, slot.direction, check.keywords, one.only,
            base_inside=producer_is_base(side, slot.flow), strict=check.effect is Effect.NONE, wire=slot.wire,
        )  # fmt: skip
        return _decision(proof, one, check, side, unclear)

    def _unexplained(self, number: int, root: _Root, side: Side) -> Iterator[Change]:
        """What the proof sees and no rule explains, or what stopped the proof."""
        unclear = self._unclear[number]
        if unclear:
            decision = Decision("unknown", side, reason="not understood: " + "; ".join(unclear[:3]))
            yield self._generic(number, root, "unproved", decision)
            return
        inside = producer_is_base(side, self._slot.flow)
        proof = self._evidence.prove(
            root.base, root.revision, self._slot.direction, base_inside=inside, wire=self._slot.wire
        )
        if proof.outcome is Outcome.NO:
            decision = Decision("breaking", side, proof.witness, "a witness")
            yield self._generic(number, root, "refused" if inside else "exceeded", decision)
        elif proof.outcome is Outcome.UNKNOWN:
            decision = Decision("unknown", side, reason=f"the proof stopped at: {proof.reason}")
            yield self._generic(number, root, "unproved", decision)

    def _generic(self, number: int, root: _Root, action: str, decision: Decision) -> Change:
        one = Difference("schema", action, "", root.base, root.revision, ((), ()), {})
        return self._described(one, Vertex(root.base, root.revision, "", number, []), decision, 1 << number)

    def _described(self, one: Difference, vertex: Vertex, decision: Decision, mask: int) -> Change:
        number = vertex.first_root
        if mask and not mask >> number & 1:
            number = lowest(mask)
        slot = self._roots[number].slot
        check = find(one.element, one.action)
        path = join(vertex.path, one.path)
        place = place_of(slot, path)
        places = _origin(one.base, one.at[0]), _origin(one.revision, one.at[1])
        identifier = check.id(slot.side, place, str(one.data.get("name", "")), special(one, slot, place))
        return self._judge.change(
            check, identifier, decision, self._operations(slot.operation, mask),
            f"{slot.path}: {path}" if path else slot.path, places, subject(slot.what, path),
            {**one.data, "property": path}, slot.flow,
        )  # fmt: skip

    def _operations(self, first: str | None, mask: int) -> tuple[str | None, ...]:
        """The operations of some roots, one of them in front; many changes concern the same roots."""
        known = self._concerned.get(mask)
        if known is None:
            known = tuple(dict.fromkeys(self._roots[number].slot.operation for number in bits(mask)))
            self._concerned[mask] = known
        return known if known[:1] == (first,) else (first, *(one for one in known if one != first))


def _origin(node: Node, keys: tuple[str | int, ...] | None) -> Origin | None:
    return None if keys is None else Origin(node.origin.source, (*node.origin.path, *keys))


def _graver(one: Decision, other: Decision) -> bool:
    order = {"safe": 0, "unknown": 1, "breaking": 2}
    return order[one.verdict] > order[other.verdict]


def _decision(proof: Proof, one: Difference, check: Check, side: Side, unclear: tuple[str, ...]) -> Decision:
    if proof.outcome is Outcome.YES:
        if unclear:
            return Decision("unknown", side, reason="not understood: " + "; ".join(unclear[:3]))
        return SAFE
    if proof.outcome is Outcome.NO:
        return Decision("breaking", side, proof.witness, "a witness")
    if check.effect is Effect.NONE:
        return SAFE
    if one.element in _BY_RULE or one.action in ("increased", "decreased", "set", "unset"):
        return Decision("breaking", side, reason=f"by rule; no witness was found ({proof.reason})")
    return Decision("unknown", side, reason=f"the proof stopped at: {proof.reason}")
