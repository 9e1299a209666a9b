"""Whether a value is what a Schema Object of a resolved document allows, told in Spectral's order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import orjson

from contracts.pointers import Path
from linters.lint.errors import ScriptError
from linters.lint.function import Context, Problem
from linters.lint.schemas import UnusableSchema, Validator, Violation, compile_schema

from .faults import Known, fault_of
from .fitting import Reading, fitted, is_same_for_all

Found: TypeAlias = "tuple[Violation, ...] | str"
"""What is wrong with a value, or why that cannot be said."""

_FAULTS, _FOUND, _VALIDATORS = "openapi.faults", "openapi.found", "openapi.validators"


def problems(
    schema: Any, value: Any, context: Context, below: Path = (), *, optional: str = ""
) -> tuple[Problem, ...]:
    """What is wrong with a value that stands `below` the context's target.

    `optional` is the keyword, `readOnly` or `writeOnly`, of properties that need not be there. A schema that
    still holds a reference judges nothing, as in Spectral: it leads back to where it stands. What was found is
    remembered by the `id` of the schema, which has to outlive the context.
    """
    if not isinstance(schema, dict):
        return ()
    known: Known = context.memo.setdefault(_FAULTS, {})
    fault = fault_of(schema, known, not context.formats.isdisjoint(("oas3.1", "oas3.2")))
    if fault is not None:
        return () if fault.dangling else (_unusable(fault.text, below),)
    # Several references may lead to the same example, and several expressions of a rule to the same place.
    told: dict[tuple[int, int, str], tuple[Found, Any]] = context.memo.setdefault(_FOUND, {})
    key = (id(schema), id(value), optional)
    if key not in told:
        nullable = "x-nullable" if "oas2" in context.formats else "nullable"
        # The value is kept, so that its `id` stays its own.
        validators = context.memo.setdefault(_VALIDATORS, {})
        told[key] = (_found(schema, value, Reading(nullable, optional), validators), value)
    found = told[key][0]
    if isinstance(found, str):
        return (_unusable(found, below),)
    whole = (*context.path, *below)
    return tuple(Problem(one.told_of((*whole, *one.path)), (*below, *one.path)) for one in found)


def _found(schema: Any, value: Any, reading: Reading, validators: dict[tuple[int, str], Validator]) -> Found:
    key = (id(schema), reading.optional)
    validator = validators.get(key)
    try:
        if validator is None:
            part = fitted(schema, value, reading)
            validator = _compiled(orjson.dumps(part, option=orjson.OPT_NON_STR_KEYS))
            if is_same_for_all(schema):
                validators[key] = validator
        return () if validator.is_valid(value) else validator.violations(value, every=False)
    except (ScriptError, UnusableSchema, orjson.JSONEncodeError) as error:
        return str(error)


def _unusable(why: str, below: Path) -> Problem:
    return Problem(f"The value cannot be checked, as its schema cannot be used: {why}.", below)


@lru_cache(maxsize=4096)
def _compiled(schema: bytes) -> Validator:
    read: Mapping[str, Any] = orjson.loads(schema)
    return compile_schema(read, "draft2020-12")
