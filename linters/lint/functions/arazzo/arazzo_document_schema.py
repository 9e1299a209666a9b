"""`arazzoDocumentSchema`: an Arazzo document is built as its specification says. The target is the document.

Of alternatives that all fail, what each of them objects to is told, as in Spectral; `arazzoDocument` tells what was
most likely meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs

from contracts.kinds import LINES
from contracts.pointers import Path
from contracts.validity import workflows
from contracts.validity.flaws import flaws
from linters.lint.errors import ScriptError
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.projection import Projection

_MOST = 1_000


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    line = next((line for line in LINES["arazzo"] if f"arazzo{line}" in context.formats), None)
    if line is None:
        return
    validator = workflows.validator(line)
    try:
        seen = _projection(line).cut(target)
    except ScriptError:
        # References multiply it beyond measure; what is written is judged as it is written.
        seen = _projection(line).cut(context.documents.root.value)
    yield from islice(_told(validator.iter_errors(seen)), _MOST)


@cache
def _projection(line: str) -> Projection:
    return Projection(workflows.schema(line))


def _told(errors: Iterable[jsonschema_rs.ValidationError]) -> Iterator[Problem]:
    unexpected: dict[Path, str] = {}
    for error in _leaves(errors):
        kind: Any = error.kind
        path = tuple(error.instance_path)
        if kind.name in ("anyOf", "oneOf"):
            yield Problem("This does not fit exactly one of the alternatives that there are.", path)
        elif kind.name != "additionalProperties":
            yield from (Problem(f"{flaw.message} {flaw.advice}".strip(), path) for flaw in flaws([error]))
        else:
            # One for each field, of one wording, so that a place has one finding of them.
            names = ", ".join(f"`{name}`" for name in kind.unexpected[:5])
            message = unexpected.setdefault(path, f"There are fields here that are not known: {names}.")
            yield from (Problem(message, path) for _ in kind.unexpected)


def _leaves(errors: Iterable[jsonschema_rs.ValidationError]) -> Iterator[jsonschema_rs.ValidationError]:
    for error in errors:
        fitting = 0
        for branch in getattr(error.kind, "context", ()):
            fitting += not branch
            if fitting > 1:
                break  # of alternatives of which one only may fit, a second one settles it
            yield from _leaves(branch)
        yield error


FUNCTION = Function("arazzoDocumentSchema", None, _prepare)
