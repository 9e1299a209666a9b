"""One schema, compiled to a validator that names what is wrong and where the contract says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import jsonschema_rs

from contracts.model import Origin, Schema
from contracts.pointers import descend, to_pointer
from contracts.schemas import Direction, Translated, Translator
from gateway.acceptors.acceptor import Acceptor
from gateway.rules import Rules
from gateway.verdicts import Fault, Place

from .exempt import Exempt
from .formats import RANGES, Bounded
from .shape import Shape, shape_of
from .undeclared import Undeclared
from .validators import compile_validator

_UNKNOWN = "the contract declares no such property"


@dataclass(frozen=True, slots=True)
class UnknownProperties:
    """What is done about properties that no schema speaks about."""

    refuses: bool
    exempt: Exempt


class Check:
    """A schema for data that flows one way.

    The validator is compiled by `prepare`, or at the first use: a contract whose every operation reaches every
    schema (there are such) would otherwise take minutes to load.
    """

    __slots__ = (
        "_bounded", "_shape", "_translated", "_undeclared", "_unknown", "_validator", "_words", "acceptor", "accepts", "origin", "unmodelled",
    )  # fmt: skip

    def __init__(
        self,
        schema: Schema,
        translated: Translated,
        bounded: Bounded | None,
        unknown: UnknownProperties | None = None,
        *,
        words: bool = False,
    ) -> None:
        self.origin = schema.origin
        self.unmodelled = translated.unmodelled
        self._shape: Shape | None = None
        self._words = words
        self._translated = translated
        self._bounded = bounded
        self._unknown = unknown
        self._undeclared: Undeclared | None = None
        if unknown is not None:
            self._undeclared = Undeclared(_whole(translated, bounded), formats=bounded is not None)
        self._validator: jsonschema_rs.Validator | None = None
        self.accepts: Callable[[Any], bool] = self._prepare_and_accept
        """Whether the schema accepts a value."""
        whole = partial(_whole, translated, bounded)
        self.acceptor = Acceptor(whole, formats=bounded is not None, known_properties=unknown is not None)
        """Knows valid JSON texts without reading them into values; nothing is undeclared in these either."""

    @property
    def schema(self) -> dict[str, Any] | bool:
        """The translated schema; it is shared, and to be treated as frozen."""
        return self._translated.schema

    @property
    def whole(self) -> dict[str, Any] | bool:
        """The schema that values are held against: the translated one with what formats of integers mean."""
        return _whole(self._translated, self._bounded)

    @property
    def shape(self) -> Shape:
        """What kinds of value the schema speaks of. JSON needs no such thing, so it is made when it is asked for."""
        if self._shape is None:
            self._shape = shape_of(self._translated.schema, words=self._words)
        return self._shape

    def shape_to(self, depth: int) -> Shape:
        """The shape to another depth than that of parameters and forms."""
        return shape_of(self._translated.schema, depth, words=self._words)

    def prepare(self) -> None:
        """Compiles the validator. Raises `ValueError` where the schema cannot be compiled."""
        if self._validator is None:
            self._validator = compile_validator(self.whole, formats=self._bounded is not None)
            self.accepts = self._validator.is_valid

    def _prepare_and_accept(self, value: Any) -> bool:
        self.prepare()
        return self.accepts(value)

    def judge(self, value: Any, place: Place, prefix: str = "", limit: int = 20) -> tuple[Fault, ...]:
        """What is wrong with a value, undeclared properties among it where the rules mind them."""
        found = () if self.accepts(value) else self.faults(value, place, prefix, limit)
        return found if self._undeclared is None else found + self.undeclared(value, place, prefix, limit)

    def undeclared(self, value: Any, place: Place, prefix: str = "", limit: int = 20) -> tuple[Fault, ...]:
        """The properties of a value that the schema says nothing about."""
        unknown = self._unknown
        if self._undeclared is None or unknown is None:
            return ()
        pointers = (prefix + to_pointer(path) for path in self._undeclared.find(value))
        where = to_pointer(self.origin.path)
        return tuple(
            Fault(place, pointer, _UNKNOWN, "unknown-property", where, self.origin.source, unknown.refuses)
            for pointer in islice((one for one in pointers if not unknown.exempt(place, one)), limit)
        )

    def faults(self, value: Any, place: Place, prefix: str = "", limit: int = 20) -> tuple[Fault, ...]:
        """What the schema finds wrong with the value, at most `limit` faults."""
        self.prepare()
        assert self._validator is not None
        found = (self._fault(error, place, prefix) for error in _telling(self._validator.iter_errors(value)))
        return tuple(islice(found, limit))

    def _fault(self, error: jsonschema_rs.ValidationError, place: Place, prefix: str) -> Fault:
        path, code = error.schema_path, error.kind.name
        if code in ("minimum", "maximum") and self._is_of_a_format(path):
            path, code = [*path[:-1], "format"], "format"
        where = self.locate(path)
        return Fault(
            place,
            prefix + to_pointer(error.instance_path),
            error.message[:300],
            code,
            to_pointer(where.path),
            where.source,
        )

    def _is_of_a_format(self, schema_path: list[str | int]) -> bool:
        """Whether a bound is not written in the contract, but what a format of integers means."""
        try:
            node, _ = descend(self._translated.schema, schema_path[:-1])
        except KeyError:
            return False
        return isinstance(node, dict) and node.get("format") in RANGES and schema_path[-1] not in node

    def locate(self, schema_path: list[str | int]) -> Origin:
        """Where in the contract the keyword at a path of the translated schema is written, or its nearest."""
        if len(schema_path) >= 2 and schema_path[0] == "$defs":
            start = self._translated.sources.get(str(schema_path[1]))
            if start is not None:
                return Origin(start.source, (*start.path, *schema_path[2:]))
        return Origin(self.origin.source, (*self.origin.path, *schema_path))


def _whole(translated: Translated, bounded: Bounded | None) -> dict[str, Any] | bool:
    """The schema that values are held against."""
    schema: dict[str, Any] | bool = (
        translated.schema if bounded is None else bounded.schema(translated.schema)
    )
    return schema


def _telling(
    errors: Iterator[jsonschema_rs.ValidationError], depth: int = 4
) -> Iterator[jsonschema_rs.ValidationError]:
    """The errors, with that of a choice (`oneOf`, `anyOf`) followed by those of its closest alternative."""
    for error in errors:
        yield error
        context = getattr(error.kind, "context", None)
        if context and depth and error.kind.name in ("oneOf", "anyOf"):
            # Where more than one alternative accepts the value, there is no error in one that would explain it.
            branches = context if all(context) else []
            closest = max(branches, key=partial(_closeness, here=len(error.instance_path)), default=None)
            if closest:
                yield from _telling(iter(closest), depth - 1)


def _closeness(branch: list[jsonschema_rs.ValidationError], here: int) -> tuple[bool, int]:
    """An alternative is close where the value is of its kind; the closer, the fewer errors it has."""
    kinds = {error.kind.name for error in branch if len(error.instance_path) == here}
    return not kinds & {"type", "const", "enum"}, -len(branch)


class Checks:
    """Makes the checks of one contract; the same schema in the same direction is one check."""

    def __init__(self, translator: Translator, rules: Rules) -> None:
        self._translator = translator
        self._bounded = Bounded() if rules.formats else None
        policy = rules.unknown_properties
        self._unknown = (
            None if policy == "allow" else UnknownProperties(policy == "refuse", Exempt(rules.unknown_exempt))
        )
        self._words = rules.booleans == "words"
        self.text_scalars = rules.text_scalars == "allow"
        """Whether numbers and booleans in JSON may be written as text."""
        self._made: dict[tuple[int, Origin, str, Direction], tuple[Schema, Check]] = {}

    def make(self, schema: Schema, direction: Direction) -> Check:
        """The check of a schema."""
        key = (id(schema.value), schema.origin, schema.dialect, direction)
        found = self._made.get(key)
        if found is None:
            translated = self._translator.translate(schema, direction)
            found = (
                schema,
                Check(schema, translated, self._bounded, self._unknown, words=self._words),
            )
            self._made[key] = found
        return found[1]

    @property
    def made(self) -> tuple[Check, ...]:
        """Every check made so far."""
        return tuple(check for _, check in self._made.values())
