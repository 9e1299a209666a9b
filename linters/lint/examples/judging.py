"""Whether an example fits its schema, and what is wrong with it where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contracts.elements.common import Schema
from contracts.pointers import Path
from contracts.references import DocumentSet
from contracts.schemas import Direction, Translator
from linters.lint.schemas import UnusableSchema, Validator, Violation, compile_schema

from .shown import Shown

MOST = 10
"""So many faults are told of one example; with more, the whole of it is wrong."""
_WAYS = {Direction.REQUEST: "In a request, ", Direction.RESPONSE: "In a response, ", None: ""}


class Judge:
    """Judges the examples of one contract; each schema is compiled once for each direction."""

    def __init__(self, documents: DocumentSet) -> None:
        self._translator = Translator(documents, refuse_one_way=True)
        self._compiled: dict[tuple[int, Direction | None], Validator | None] = {}
        self._alike: dict[str, Validator | None] = {}
        """By the schema as text: a contract has a thousand that say no more than `{type: string}`."""
        self._held: list[Schema] = []
        """Keeps schemas alive, so that an `id` stands for one."""

    def faults(self, example: Shown) -> Iterator[tuple[Path, str]]:
        """What is wrong, each with the way that leads to it from the example.

        An example at a schema is right if it fits in one of the directions: it may show what is sent, or what
        comes back.
        """
        ways = [example.direction] if example.direction else [Direction.RESPONSE, Direction.REQUEST]
        telling: Validator | None = None
        for way in ways:
            validator = self._validator(example.schema, way)
            if validator is None or validator.is_valid(example.value):
                return
            telling = telling or validator
        assert telling is not None, "an example has a direction"
        for violation in telling.violations(example.value, every=True)[:MOST]:
            yield violation.path, _WAYS[example.direction] + _worded(violation, example.direction)

    def _validator(self, schema: Schema, way: Direction | None) -> Validator | None:
        """None where the schema is written in a dialect that is not known, or is none."""
        key = (id(schema.value), way)
        if key not in self._compiled:
            self._held.append(schema)
            self._compiled[key] = self._compile(self._translator.translate(schema, way).schema)
        return self._compiled[key]

    def _compile(self, schema: dict[str, Any] | bool) -> Validator | None:
        text = repr(schema) if isinstance(schema, bool) or "$defs" not in schema else ""
        if text and text in self._alike:
            return self._alike[text]
        try:
            validator = compile_schema(schema, "draft2020-12")
        except UnusableSchema:
            validator = None
        if text:
            self._alike[text] = validator
        return validator


def _worded(violation: Violation, direction: Direction | None) -> str:
    text = violation.text
    if direction is not None and violation.keyword == "falseSchema":
        text = f"is not sent: it is {direction.absent}"
    if not violation.path:
        return f"the example {text}."
    return f"`{'.'.join(map(str, violation.path))}` of the example {text}."
