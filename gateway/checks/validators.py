"""Validators of jsonschema-rs, compiled the one way that the gateway uses them."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from .formats import FORMATS

MASK = "value"
"""Stands in messages where the validator would quote the payload."""
_LINEAR = jsonschema_rs.RegexOptions()
_BACKTRACKING = jsonschema_rs.FancyRegexOptions(backtrack_limit=100_000)
"""For patterns that a linear engine cannot run (look-around); the limit keeps them from running away."""


def compile_validator(schema: dict[str, Any] | bool, *, formats: bool) -> jsonschema_rs.Validator:
    """The validator of a translated schema. Raises `ValueError` where it cannot be compiled."""
    options: dict[str, Any] = {"mask": MASK, "validate_formats": formats, "offline": True}
    if formats:
        options["formats"] = FORMATS
    try:
        return jsonschema_rs.Draft202012Validator(schema, pattern_options=_LINEAR, **options)
    except (ValueError, jsonschema_rs.ValidationError):
        return jsonschema_rs.Draft202012Validator(schema, pattern_options=_BACKTRACKING, **options)
