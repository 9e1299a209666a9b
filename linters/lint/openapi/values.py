"""Whether a value is what a Schema Object of a resolved document allows, told in Spectral's order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson

from contracts.pointers import Path
from linters.lint.errors import ScriptError
from linters.lint.function import Context, Problem
from linters.lint.schemas import UnusableSchema, Validator, compile_schema

from .faults import Known, fault_of
from .fitting import Reading, fitted

_MEMO = "openapi.faults"


def problems(
    schema: Any, value: Any, context: Context, below: Path = (), *, optional: str = ""
) -> tuple[Problem, ...]:
    """What is wrong with a value that stands `below` the context's target.

    `optional` is the keyword, `readOnly` or `writeOnly`, of properties that need not be there. A schema that
    still holds a reference judges nothing, as in Spectral: it leads back to where it stands.
    """
    if not isinstance(schema, dict):
        return ()
    known: Known = context.memo.setdefault(_MEMO, {})
    fault = fault_of(schema, known, not context.formats.isdisjoint(("oas3.1", "oas3.2")))
    if fault is not None:
        return () if fault.dangling else (_unusable(fault.text, below),)
    nullable = "x-nullable" if "oas2" in context.formats else "nullable"
    try:
        part = fitted(schema, value, Reading(nullable, optional))
        validator = _compiled(orjson.dumps(part, option=orjson.OPT_NON_STR_KEYS))
        if validator.is_valid(value):
            return ()
        found = validator.violations(value, every=False)
    except (ScriptError, UnusableSchema, orjson.JSONEncodeError) as error:
        return (_unusable(str(error), below),)
    whole = (*context.path, *below)
    return tuple(Problem(one.told_of((*whole, *one.path)), (*below, *one.path)) for one in found)


def _unusable(why: str, below: Path) -> Problem:
    return Problem(f"The value cannot be checked, as its schema cannot be used: {why}.", below)


@lru_cache(maxsize=4096)
def _compiled(schema: bytes) -> Validator:
    read: Mapping[str, Any] = orjson.loads(schema)
    return compile_schema(read, "draft2020-12")
