"""The structural proof that one schema is contained in another.

Both are taken apart together: definitions coinductively (a pair that is being proved may be assumed once a
property or item lies between), the contained side by its alternatives, the containing side keyword by keyword.
Every rule is sound; none is complete. What is left is tried by the algebraic prover.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from jsonschema_rs.canonical import Containment

from . import apart, canonical, exclusion, texts
from .alternatives import ALTERNATIVES, alternatives
from .definitions import Definitions, JsonSchema, Sameness, reference
from .keywords import Obligation, obligations
from .merging import both
from .outcome import Names
from .views import ALL, View, common_types, types_of

DEPTH = 60
"""Pairs nested deeper than this are given up."""
_FINITE: dict[str, tuple[Any, ...]] = {"null": (None,), "boolean": (False, True)}

Reason = str | None
"""Why there is no proof; None where there is one."""


class _Below(str):
    """Why a property or item could not be proved, where the objects around it are plain."""

    __slots__ = ()


class _Settled(str):
    """Why there can be no proof: a value was found that is not contained, or a part must be contained and is not."""

    __slots__ = ()


class GaveUp(Exception):
    """The budget of one proof is spent."""


@dataclass
class Structural:
    """Proves for one pair of definitions, and remembers what it proved and where it failed."""

    inner: Definitions
    outer: Definitions
    same: Sameness
    names: Names = Names.DECLARED
    formats: bool = True
    steps: int = 200_000
    _assumed: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _proved: set[tuple[Any, ...]] = field(default_factory=set)
    _failed: dict[tuple[Any, ...], str] = field(default_factory=dict)
    _guards: int = 0
    _used: int = 10**9
    _spent: int = 0
    _kept: list[Any] = field(default_factory=list)
    """Keeps alive the schemas whose ids are keys."""

    def proves(self, inner: JsonSchema, outer: JsonSchema) -> Reason:
        """None where every value of `inner` is one of `outer`, else what stopped the proof."""
        self._spent = 0
        try:
            return self.conjunction((inner,), outer)
        except (GaveUp, RecursionError):
            self._assumed.clear()
            return "the schemas are too large or too deep to be proved in bounded time"

    def guarded(self, inner: tuple[JsonSchema, ...], outer: JsonSchema) -> Reason:
        """The same for a property or item, below which assumptions may be used."""
        self._guards += 1
        try:
            return self.conjunction(inner, outer)
        finally:
            self._guards -= 1

    def conjunction(self, inner: tuple[JsonSchema, ...], outer: JsonSchema) -> Reason:
        """Every value of all of `inner` is one of `outer`."""
        self._spend()
        if outer is True or outer == {} or False in inner:
            return None
        if any(self.same.of(one, outer) for one in inner):
            return None
        key = (*sorted(self.inner.digest(one) for one in inner), b"|", self.outer.digest(outer))
        if key in self._proved:
            return None
        if key in self._failed:
            return self._failed[key]
        assumed_at = self._assumed.get(key)
        if assumed_at is not None:
            if assumed_at < self._guards:
                self._used = min(self._used, assumed_at)
                return None
            return "a definition refers to itself with nothing in between"
        return self._remember(key, inner, outer)

    def _remember(self, key: tuple[Any, ...], inner: tuple[JsonSchema, ...], outer: JsonSchema) -> Reason:
        self._assumed[key] = self._guards
        before, self._used = self._used, 10**9
        try:
            reason = self._decide(inner, outer)
        finally:
            del self._assumed[key]
        used, self._used = self._used, min(before, self._used)
        if reason is not None:
            self._failed[key] = reason
        elif used >= self._guards:
            # Nothing was assumed that is still being proved further out.
            self._proved.add(key)
            self._used = before
        return reason

    def _decide(self, inner: tuple[JsonSchema, ...], outer: JsonSchema) -> Reason:
        if outer is False:
            return None if self._is_empty(inner) else "nothing is admitted any more"
        name = reference(outer)
        if name is not None and len(outer) == 1 and name in self.outer:  # type: ignore[arg-type]
            return self.conjunction(inner, self.outer[name])
        if isinstance(outer, dict) and ("allOf" in outer or ("$ref" in outer and len(outer) > 1)):
            return self._each(inner, outer)
        if isinstance(outer, dict) and "oneOf" in outer and exclusion.stays(self, inner, outer["oneOf"]):
            return self.conjunction(inner, {key: value for key, value in outer.items() if key != "oneOf"})
        if isinstance(outer, dict) and any(
            self.conjunction(inner, one) is None for one in outer.get("anyOf", ())
        ):
            return self.conjunction(inner, {key: value for key, value in outer.items() if key != "anyOf"})
        views = list(islice(self.alternatives(inner), ALTERNATIVES + 1))
        if len(views) > ALTERNATIVES:
            return self._algebra(inner, outer) and f"more than {ALTERNATIVES} alternatives (oneOf, anyOf)"
        for view in views:
            reason = self._view(view, outer)
            if reason is not None:
                # What failed below was tried there already, and in plain objects nothing around it helps.
                below = isinstance(reason, _Below) and len(views) == 1 and _is_plain(outer, view)
                hopeless = below or isinstance(reason, _Settled)
                return reason if hopeless else self._algebra(inner, outer) and str(reason)
        return None

    def _each(self, inner: tuple[JsonSchema, ...], outer: dict[str, Any]) -> Reason:
        """Every part of a conjunction by itself, before the inner side is split into its alternatives."""
        rest = {key: value for key, value in outer.items() if key not in ("allOf", "$ref")}
        reference_ = [{"$ref": outer["$ref"]}] if "$ref" in outer else []
        for part in (*reference_, *outer.get("allOf", ()), rest):
            reason = self.conjunction(inner, part)
            if reason is not None:
                return reason
        return None

    # -- the containing side ------------------------------------------------------------------------------

    def _view(self, view: View, outer: JsonSchema) -> Reason:
        """Every value of one alternative is one of `outer`."""
        if isinstance(outer, bool):
            return None if outer or not view.types else "nothing is admitted any more"
        if not view.types or any(self.same.of(one, outer) for one in view.whole):
            return None
        if view.values is not None:
            return self._finite(view, view.values, outer)
        name = reference(outer)
        if name is not None and name in self.outer:
            reason = self.conjunction(view.whole, self.outer[name])
            if reason is not None:
                return reason
        elif "$ref" in outer:
            return f"the reference {outer['$ref']!r} leads nowhere"
        for part in outer.get("allOf", ()):
            reason = self._view(view, part)
            if reason is not None:
                return reason
        reason = self._combined(view, outer) or self._plain(view, outer)
        return reason if reason is None or view.types != {"string"} else self._as_texts(view, outer, reason)

    def _as_texts(self, view: View, outer: JsonSchema, reason: str) -> Reason:
        """What becomes of a reason when a view of texts alone is decided as a regular language."""
        answer = self.text(view, outer)
        if answer is None:
            return reason
        if answer.text is None:
            return None
        return _Settled(reason) if answer.certain else reason

    def text(self, view: View, outer: JsonSchema) -> texts.Answer | None:
        """A shortest text of the view that `outer` refuses; None where that could not be decided."""
        self._spend(100)
        inner = [(one, self._named) for one in view.whole or view.parts]
        return texts.difference(inner, (outer, self.reverse._named), formats=self.formats)

    def _named(self, schema: JsonSchema) -> JsonSchema | None:
        """What a reference of the inner side leads to."""
        name = reference(schema)
        return self.inner[name] if name is not None and name in self.inner else None

    def _combined(self, view: View, outer: dict[str, Any]) -> Reason:
        if "anyOf" in outer and (reason := self._any(view, outer["anyOf"])):
            return reason
        if "oneOf" in outer and (reason := self._one(view, outer["oneOf"])):
            return reason
        if "not" in outer and not self._disjoint(view, outer["not"]):
            return "not"
        return self._conditional(view, outer) if "if" in outer else None

    def _any(self, view: View, branches: list[JsonSchema]) -> Reason:
        viable = [branch for branch in branches if common_types(view.types, self._types(branch))]
        if len(viable) == 1:
            return self._in_only(view, viable[0])
        if any(self._view(view, branch) is None for branch in viable):
            return None
        if len(view.types) > 1:
            for kind in sorted(view.types):
                if reason := self._any(_only(view, kind), branches):
                    return reason
            return None
        return "anyOf"

    def _types(self, branch: JsonSchema) -> frozenset[str]:
        """The types that a branch of the outer side may take."""
        found = self.reverse._named(branch) if reference(branch) is not None else branch
        return ALL if not isinstance(found, dict) else types_of(found)

    def _in_only(self, view: View, branch: JsonSchema) -> Reason:
        """Containment in the only alternative that takes values of these types."""
        reason = self._view(view, branch)
        named = self.reverse._named(branch) if reference(branch) is not None else branch
        must = isinstance(reason, _Below) and named is not None and _is_plain(named, view)
        return _Settled(reason) if reason is not None and must else reason

    def _one(self, view: View, branches: list[JsonSchema]) -> Reason:
        viable = [branch for branch in branches if common_types(view.types, self._types(branch))]
        if len(viable) == 1:
            return self._in_only(view, viable[0])
        for index, branch in enumerate(branches):
            others = [other for position, other in enumerate(branches) if position != index]
            if self._view(view, branch) is None and all(self._disjoint(view, other) for other in others):
                return None
        if len(view.types) > 1:
            for kind in sorted(view.types):
                if reason := self._one(_only(view, kind), branches):
                    return reason
            return None
        return "oneOf"

    @cached_property
    def reverse(self) -> Structural:
        """The proof in the other direction, of sets as they are."""
        return Structural(self.outer, self.inner, Sameness(self.outer, self.inner), Names.ANY, self.formats)

    def are_apart(
        self, left: tuple[JsonSchema, ...], right: tuple[JsonSchema, ...], depth: int = apart.DEPTH
    ) -> bool:
        """Whether two conjunctions, of the inner and of the outer side, certainly have nothing in common."""
        for one in islice(self.alternatives(left), ALTERNATIVES + 1):
            for other in islice(self.reverse.alternatives(right), ALTERNATIVES + 1):
                self._spend()
                if not apart.views_are_apart(one, other, self.are_apart, self._no_text, depth):
                    return False
        return True

    def _no_text(self, left: View, right: View) -> bool:
        """Whether no text is in a view of the inner and in one of the outer side."""
        self._spend(100)
        inner = [(one, self._named) for one in left.parts]
        none_of_both: JsonSchema = {"not": {"allOf": list(right.parts)}}
        answer = texts.difference(inner, (none_of_both, self.reverse._named), formats=self.formats)
        return answer is not None and answer.text is None

    def _conditional(self, view: View, outer: dict[str, Any]) -> Reason:
        then, otherwise = outer.get("then", True), outer.get("else", True)
        if self._disjoint(view, outer["if"]):
            return self._view(view, otherwise)
        if self._view(view, outer["if"]) is None:
            return self._view(view, then)
        both = self._view(view, then) is None and self._view(view, otherwise) is None
        return None if both else "if"

    def _plain(self, view: View, outer: dict[str, Any]) -> Reason:
        admitted = types_of(outer)
        for kind in view.types:
            if kind not in admitted and not (kind == "integer" and "number" in admitted):
                # Numbers may all be whole, by multipleOf; any other type has values of its own.
                return "type" if kind == "number" and "integer" in admitted else _Settled("type")
            if kind in _FINITE and ("enum" in outer or "const" in outer):
                if reason := self._finite(_only(view, kind), _FINITE[kind], outer):
                    return reason
                continue
            for obligation in obligations(view, kind, outer, names=self.names, formats=self.formats):
                reason = self._discharge(obligation)
                if reason is not None:
                    settled = self._as_texts(_only(view, kind), outer, reason) if kind == "string" else reason
                    if settled is None:
                        break
                    return settled
        return None

    def _discharge(self, obligation: Obligation) -> Reason:
        if obligation.reason is not None:
            # An object may always lack what it need not have; other keywords may be refuted by others beside them.
            return _Settled("required") if obligation.reason == "required" else obligation.reason
        reason = self.guarded(obligation.inner, obligation.outer)
        return None if reason is None else _Below(reason)

    # -- the contained side -------------------------------------------------------------------------------

    def alternatives(self, inner: tuple[JsonSchema, ...]) -> Iterator[View]:
        """Views whose union contains the conjunction: references followed, alternatives multiplied out."""
        return alternatives(inner, self.inner, self._spend)

    # -- what can be decided outright ---------------------------------------------------------------------

    def _finite(self, view: View, values: tuple[Any, ...], outer: JsonSchema) -> Reason:
        check = canonical.validator(self.outer.whole(outer), formats=self.formats)
        if check is None:
            return "the schema cannot be compiled"
        own = canonical.validator(
            self.inner.whole(
                {"allOf": [one for one in view.whole if one is not True]} if view.whole else True
            ),
            formats=self.formats,
        )
        for value in values:
            if not check.is_valid(value) and (own is None or own.is_valid(value)):
                return "enum"
        return None

    def _is_empty(self, inner: tuple[JsonSchema, ...]) -> bool:
        if not any(view.types for view in islice(self.alternatives(inner), ALTERNATIVES + 1)):
            return True
        whole = self.inner.whole({"allOf": list(inner)})
        small = canonical.size(whole, self.inner) <= canonical.SIZE
        return small and canonical.is_empty(whole, formats=self.formats)

    def _disjoint(self, view: View, other: JsonSchema) -> bool:
        """Whether it is proved that no value of the view is one of `other`, which is of the outer side."""
        if other is False:
            return True
        if isinstance(other, bool):
            return False
        if self.are_apart(view.whole, (other,)):
            return True
        mine: JsonSchema = {"allOf": list(view.whole)} if view.whole else True
        if canonical.size(mine, self.inner) + canonical.size(other, self.outer) > canonical.SIZE:
            return False
        return canonical.is_empty(both(self.inner.whole(mine), self.outer.whole(other)), formats=self.formats)

    def _algebra(self, inner: tuple[JsonSchema, ...], outer: JsonSchema) -> Reason:
        """None where the algebraic prover says yes."""
        mine: JsonSchema = inner[0] if len(inner) == 1 else {"allOf": list(inner)}
        self._spend(50)
        if canonical.size(mine, self.inner) + canonical.size(outer, self.outer) > canonical.SIZE:
            return "too large for the algebraic prover"
        left, right = self.inner.whole(mine), self.outer.whole(outer)
        if canonical.has_fraction(left) or canonical.has_fraction(right):
            return "multipleOf with a fraction"
        if self.formats and (canonical.has_unknown_format(right) or canonical.excludes_a_format(left)):
            return "format"
        answer = canonical.covers(right, left, formats=self.formats)
        return None if answer == Containment.YES else str(answer)

    def _spend(self, steps: int = 1) -> None:
        self._spent += steps
        if self._spent > self.steps:
            raise GaveUp


def _is_plain(schema: JsonSchema, view: View) -> bool:
    """Whether each property or item has to be within its counterpart, so that one failure is the whole's."""
    if any(view.every("patternProperties")):
        return False
    return isinstance(schema, dict) and not any(
        key in schema for key in ("anyOf", "oneOf", "not", "if", "patternProperties")
    )


def _only(view: View, kind: str) -> View:
    restriction = {"type": kind}
    return View((*view.parts, restriction), (*view.whole, restriction))
