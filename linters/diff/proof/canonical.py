"""The algebraic prover: jsonschema-rs's canonical forms. Fast, sound for yes, and silent about some of the rest."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
from jsonschema_rs.canonical import CanonicalizationError, Containment

from . import formats as formats_
from .definitions import Definitions, JsonSchema, dump

SIZE = 400
"""Schemas with more subschemas than this are left to the structural proof."""


def size(schema: JsonSchema, definitions: Definitions, limit: int = SIZE) -> int:
    """How many subschemas there are, definitions included; counting stops just beyond `limit`."""
    count, seen = definitions.weight(schema), set(definitions.references(schema))
    stack = list(seen)
    while stack and count <= limit:
        name = stack.pop()
        if name in definitions:
            count += definitions.weight(definitions[name])
            new = definitions.direct(name) - seen
            seen |= new
            stack.extend(new)
    return count


_FRACTION = re.compile(rb'"multipleOf":(?!\d+[,}])')


def has_fraction(schema: JsonSchema) -> bool:
    """Whether a `multipleOf` is no whole number: validators disagree about those, and algebra proves nothing."""
    return _FRACTION.search(dump(schema)) is not None


_FORMAT = re.compile(rb'"format":"(?:%s)"' % b"|".join(name.encode() for name in sorted(formats_.OWN)))


def has_unknown_format(schema: JsonSchema) -> bool:
    """Whether there is a format that the algebra takes for an annotation, so that its yes proves nothing."""
    return _FORMAT.search(dump(schema)) is not None


def excludes_a_format(schema: JsonSchema) -> bool:
    """Whether such a format may stand where it is negated: without it, less would be admitted."""
    return has_unknown_format(schema) and any(
        key in dump(schema) for key in (b'"not"', b'"oneOf"', b'"if"', b'"contains"', b'"dependentSchemas"')
    )


def covers(outer: JsonSchema, inner: JsonSchema, *, formats: bool) -> Containment | str:
    """Whether `outer` admits everything that `inner` admits, or what kept the prover from answering."""
    try:
        answer: Containment = _canonical(outer, formats).covers(_canonical(inner, formats))
        return answer
    except (CanonicalizationError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        return _first_line(error)


def is_empty(schema: JsonSchema, *, formats: bool) -> bool:
    """Whether it is proved that nothing satisfies the schema."""
    if formats and excludes_a_format(schema):
        return False
    try:
        answer = _canonical(schema, formats).satisfiability()
    except (CanonicalizationError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return False
    return bool(answer == jsonschema_rs.canonical.Satisfiability.NO)


def lost(inner: JsonSchema, outer: JsonSchema, *, formats: bool) -> JsonSchema | None:
    """A schema of what `inner` admits and `outer` does not, where it can be written down."""
    try:
        rest = _canonical(inner, formats).subtract(_canonical(outer, formats)).to_json_schema()
    except (CanonicalizationError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None
    return rest if isinstance(rest, dict | bool) else None


def validator(schema: JsonSchema, *, formats: bool) -> Any | None:
    """A fast validator, to sift candidates; None where the schema cannot be compiled."""
    try:
        return jsonschema_rs.Draft202012Validator(schema, validate_formats=formats)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
        return None


def _canonical(schema: JsonSchema, formats: bool) -> Any:
    return jsonschema_rs.canonicalize(
        schema, draft=jsonschema_rs.Draft202012, validate_formats=formats, offline=True
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
