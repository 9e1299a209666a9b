"""Proofs and witnesses for schemas of one pair of contracts, each asked for once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from contracts.model import Schema
from contracts.references import DocumentSet
from contracts.schemas import Direction, Discriminators, Translator

from . import wires
from .policy import CompatPolicy
from .proof import Definitions, JsonSchema, Names, Outcome, Proof, Prover
from .proof.definitions import bare
from .proof.outcome import YES
from .schemas import Node
from .transitions import Wire

_PROPERTIES = frozenset(("properties", "patternProperties", "additionalProperties"))


@dataclass(frozen=True, slots=True)
class Ready:
    """A translated schema, ready for a proof. `unclear` is what the translation could not carry over."""

    schema: JsonSchema
    unclear: tuple[str, ...]


@dataclass
class _Side:
    """One contract's schemas, translated, by direction."""

    documents: DocumentSet
    names: Names
    translator: Translator = field(init=False)
    _added: dict[tuple[Direction | None, int], tuple[str, ...]] = field(default_factory=dict)
    tables: dict[Direction | None, Definitions] = field(default_factory=dict)
    _ready: dict[tuple[Any, ...], tuple[Schema, Ready]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Discriminators are compared as such (schemas/keywords.py). Enforcing them would make proofs slow or
        # impossible, as the canonical form has no `if` with references; as tags they keep alternatives apart.
        reading = Discriminators.TAGGED if self.names is Names.DECLARED else Discriminators.IGNORED
        self.translator = Translator(self.documents, discriminators=reading)

    def table(self, direction: Direction | None) -> Definitions:
        return self.tables.setdefault(direction, Definitions())

    def ready(self, schema: Schema, direction: Direction | None) -> Ready:
        key = (id(schema.value), schema.origin, schema.dialect, direction)
        known = self._ready.get(key)
        if known is None:
            shared = self.translator.shared(schema, direction)
            table = self.table(direction)
            # Many schemas need the same definitions, and their translations share one list of the names.
            if (direction, id(shared.names)) not in self._added:
                self._added[direction, id(shared.names)] = shared.names
                table.add({name: shared.table[name] for name in shared.names if name not in table})
            # The schema is kept, so that the id of its value stays its own.
            known = self._ready[key] = (schema, Ready(bare(shared.schema), shared.unmodelled))
        return known[1]


@dataclass
class Evidence:
    """What can be shown about the schemas of two contracts."""

    base: DocumentSet
    revision: DocumentSet
    policy: CompatPolicy
    _sides: tuple[_Side, _Side] = field(init=False)
    _provers: dict[tuple[Direction | None, bool], Prover] = field(default_factory=dict)
    _leaves: dict[tuple[Any, ...], Proof] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = self.policy.names
        self._sides = _Side(self.base, names), _Side(self.revision, names)

    def prover(self, direction: Direction | None, *, base_inside: bool) -> Prover:
        """The prover for data that the base (or else the revision) produces and the other side takes."""
        key = (direction, base_inside)
        if key not in self._provers:
            tables = [side.table(direction) for side in self._sides]
            inner, outer = tables if base_inside else tables[::-1]
            self._provers[key] = Prover(inner, outer, self.policy.names, self.policy.formats)
        return self._provers[key]

    def ready(self, base: Node, revision: Node, direction: Direction | None) -> tuple[Ready, Ready]:
        return self._sides[0].ready(base.schema, direction), self._sides[1].ready(revision.schema, direction)

    def unclear(self, base: Node, revision: Node, direction: Direction | None) -> tuple[str, ...]:
        """What could not be carried over on either side, where the two sides differ in it."""
        first, second = self.ready(base, revision, direction)
        if sorted(map(_keyword, first.unclear)) == sorted(map(_keyword, second.unclear)) and self._is_equal(
            first.unclear, second.unclear
        ):
            return ()
        return tuple(dict.fromkeys((*first.unclear, *second.unclear)))

    def _is_equal(self, base: tuple[str, ...], revision: tuple[str, ...]) -> bool:
        return sorted(base) == sorted(revision)

    def contained(
        self,
        base: Node,
        revision: Node,
        direction: Direction | None,
        *,
        base_inside: bool,
        wire: Wire = Wire.JSON,
    ) -> str | None:
        """None where what the inner side lets pass is proved to be within the outer, else the obstacle."""
        inner, outer = self._oriented(base, revision, direction, base_inside=base_inside, wire=wire)
        return self.prover(direction, base_inside=base_inside).contains(inner.schema, outer.schema)

    def prove(
        self,
        base: Node,
        revision: Node,
        direction: Direction | None,
        *,
        base_inside: bool,
        wire: Wire = Wire.JSON,
    ) -> Proof:
        """The whole procedure for two schemas, with a witness or a reason."""
        inner, outer = self._oriented(base, revision, direction, base_inside=base_inside, wire=wire)
        return self.prover(direction, base_inside=base_inside).prove(inner.schema, outer.schema)

    def leaf(
        self,
        base: Node,
        revision: Node,
        direction: Direction | None,
        keywords: tuple[str, ...],
        only: str | None,
        *,
        base_inside: bool,
        strict: bool = False,
        wire: Wire = Wire.JSON,
    ) -> Proof:
        """The proof for some keywords of the outer schema alone, so that each change gets its own witness.

        Where those keywords cannot be told apart from the rest, the whole schema is proved; `strict` takes
        that for a yes, as the whole is judged anyway.
        """
        key = (base.key, revision.key, direction, keywords, only, base_inside, strict, wire)
        if key not in self._leaves:
            inner, outer = self._oriented(base, revision, direction, base_inside=base_inside, wire=wire)
            prover = self.prover(direction, base_inside=base_inside)
            target = facet(inner.schema, outer.schema, keywords, only)
            if strict and target is outer.schema:
                self._leaves[key] = YES
                return YES
            proof = prover.prove(inner.schema, target)
            if proof.outcome is Outcome.UNKNOWN and prover.contains(inner.schema, outer.schema) is None:
                # The rest of the schema helped the proof along.
                proof = YES
            self._leaves[key] = proof
        return self._leaves[key]

    def _oriented(
        self, base: Node, revision: Node, direction: Direction | None, *, base_inside: bool, wire: Wire
    ) -> tuple[Ready, Ready]:
        """What produces values and what takes them; the latter takes what reads alike on the wire."""
        first, second = self.ready(base, revision, direction)
        inner, outer = (first, second) if base_inside else (second, first)
        if wire is not Wire.JSON:
            table = self._sides[1 if base_inside else 0].table(direction)
            outer = replace(outer, schema=wires.lenient(outer.schema, wire, table))
        return inner, outer


def facet(inner: JsonSchema, outer: JsonSchema, keywords: tuple[str, ...], only: str | None) -> JsonSchema:
    """What `outer` says under some keywords, about one property where `only` names it.

    Where it says nothing under any of them the whole of it is meant: the translation wrote it otherwise.
    """
    if isinstance(outer, bool) or not keywords:
        return outer
    result: dict[str, Any] = {key: outer[key] for key in keywords if key in outer}
    if not result:
        return True if _is_plain(outer) else outer
    if only is None:
        return result
    if "required" in result:
        result["required"] = [name for name in result["required"] if name == only]
    if _PROPERTIES & set(keywords):
        own = inner.get("properties", {}) if isinstance(inner, dict) else {}
        declared = outer.get("properties", {})
        others = {name: True for name in (*own, *declared) if name != only}
        result["properties"] = {**others, **({only: declared[only]} if only in declared else {})}
    return result


def _is_plain(schema: dict[str, Any]) -> bool:
    return not any(key in schema for key in ("$ref", "allOf", "anyOf", "oneOf", "if", "not"))


def _keyword(unclear: str) -> str:
    return unclear.split(" (", 1)[0]
