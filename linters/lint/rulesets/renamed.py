"""Rules of Spectral's own rulesets that had another name in its version 5."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

RENAMED: Mapping[str, str] = {
    "operation-2xx-response": "operation-success-response",
    "oas3-unused-components-schema": "oas3-unused-component",
    "oas2-valid-parameter-example": "oas2-valid-schema-example",
    "oas2-valid-response-schema-example": "oas2-valid-schema-example",
    "oas2-valid-definition-example": "oas2-valid-schema-example",
    "oas2-valid-response-example": "oas2-valid-media-example",
    "oas3-valid-oas-parameter-example": "oas3-valid-media-example",
    "oas3-valid-oas-content-example": "oas3-valid-media-example",
    "oas3-valid-oas-header-example": "oas3-valid-media-example",
    "oas3-valid-header-schema-example": "oas3-valid-schema-example",
    "oas3-valid-parameter-schema-example": "oas3-valid-schema-example",
}


def current_name(name: str, rule: Any, known: Container[str]) -> str:
    """The name today of a rule that a ruleset only switches; one that it defines keeps its own."""
    if isinstance(rule, Mapping) or name in known:
        return name
    renamed = RENAMED.get(name, name)
    return renamed if renamed in known else name
