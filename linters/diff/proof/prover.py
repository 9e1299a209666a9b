"""The whole procedure for one pair: prove, or find a witness, or say why neither."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import canonical, witness
from .containment import Structural
from .definitions import Definitions, JsonSchema, Sameness
from .outcome import NOTHING, YES, Names, Outcome, Proof


@dataclass
class Prover:
    """Answers for one pair of documents and one direction of data; what it proved once it remembers.

    `inner` and `outer` are the definitions of the contained and the containing side.
    """

    inner: Definitions
    outer: Definitions
    names: Names = Names.DECLARED
    formats: bool = True
    pair: Structural = field(init=False)

    def __post_init__(self) -> None:
        same = Sameness(self.inner, self.outer)
        self.pair = Structural(self.inner, self.outer, same, self.names, self.formats)

    def is_same(self, inner: JsonSchema, outer: JsonSchema) -> bool:
        """Whether both say the same, by text and by all that they refer to, annotations aside."""
        return self.pair.same.of(inner, outer)

    def contains(self, inner: JsonSchema, outer: JsonSchema) -> str | None:
        """None where it is proved that `outer` admits everything that `inner` admits, else the obstacle."""
        return self.pair.proves(inner, outer)

    def witness(self, inner: JsonSchema, outer: JsonSchema) -> object:
        """A confirmed value that `inner` accepts and `outer` refuses, or `NOTHING`."""
        return witness.find(self.pair, inner, outer)

    def prove(self, inner: JsonSchema, outer: JsonSchema) -> Proof:
        """Whether `outer` admits everything that `inner` admits."""
        obstacle = self.contains(inner, outer)
        if obstacle is None:
            return YES
        found = self.witness(inner, outer)
        if found is not NOTHING:
            return Proof(Outcome.NO, found)
        if canonical.size(inner, self.inner) <= canonical.SIZE and canonical.is_empty(
            self.inner.whole(inner), formats=self.formats
        ):
            return YES
        return Proof(Outcome.UNKNOWN, reason=obstacle)
