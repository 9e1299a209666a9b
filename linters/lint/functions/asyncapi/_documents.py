"""AsyncAPI's own schemas, ready to judge a document, or a part of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs

from contracts.kinds import LINES
from contracts.validity import events
from contracts.validity.flaws import Flaw, flaws
from linters.lint.projection import Projection

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Judge:
    """A compiled schema, and what it sees of a value."""

    compiled: jsonschema_rs.Draft7Validator
    projection: Projection

    def flaws(self, value: Any) -> Iterator[Flaw]:
        """What is wrong; of several things at one place the first.

        Raises `ScriptError` where references unfold to more than can be looked at.
        """
        told = set()
        for flaw in islice(flaws(self.compiled.iter_errors(self.projection.cut(value))), _MOST):
            if flaw.path not in told:
                told.add(flaw.path)
                yield flaw


@cache
def document(line: str, resolved: bool) -> Judge:
    """For whole documents of a line such as `2.6`."""
    return _judge(events.schema(line, resolved=resolved))


@cache
def part(line: str, name: str) -> Judge:
    """For one object of the specification."""
    return _judge(events.schema_of(line, name))


def _judge(schema: dict[str, Any]) -> Judge:
    return Judge(jsonschema_rs.Draft7Validator(schema, validate_formats=True), Projection(schema))


def line_of(formats: frozenset[str]) -> str | None:
    """The line of the AsyncAPI document that has these formats; None where there is none that we know."""
    return next((line for line in LINES["asyncapi"] if f"aas{line.replace('.', '_')}" in formats), None)
