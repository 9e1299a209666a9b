"""The JSON Schema of OpenAPI documents: openapi-spec-validator's copies of the published ones, compiled once."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
from openapi_schema_validator import OAS31_BASE_DIALECT_ID, OAS32_BASE_DIALECT_ID
from openapi_schema_validator._specifications import REGISTRY
from openapi_spec_validator.schemas import schema_v2, schema_v30, schema_v31, schema_v32

from .tables import Json

_BASE = {"3.1": OAS31_BASE_DIALECT_ID, "3.2": OAS32_BASE_DIALECT_ID}
_KNOWN_DIALECTS = (*_BASE.values(), "https://json-schema.org/draft/2020-12/schema")


@cache
def validator(line: str, with_schemas: bool = True) -> Any:
    """The compiled schema of a line such as `3.1`.

    From 3.1 on the published schema leaves Schema Objects open to any dialect; `with_schemas` binds them to
    OpenAPI's own. In 2.0 and 3.0 they are always checked.
    """
    return compiled(line, with_schemas)


def compiled(line: str, with_schemas: bool = True, **options: Any) -> Any:
    """The same with options of jsonschema-rs, such as formats, and compiled anew."""
    schema: Json = dict({"2.0": schema_v2, "3.0": schema_v30, "3.1": schema_v31, "3.2": schema_v32}[line])
    if line not in _BASE:
        return jsonschema_rs.Draft4Validator(schema, **options)
    published = [(identifier, REGISTRY.contents(identifier)) for identifier in REGISTRY]
    registry = jsonschema_rs.Registry([(schema["$id"], schema), *published])
    return jsonschema_rs.Draft202012Validator(
        _bound(schema["$id"], _BASE[line]) if with_schemas else schema, registry=registry, **options
    )


def keeps_to_its_dialect(value: Json) -> bool:
    """Whether no schema of the document announces a dialect that is foreign to OpenAPI."""
    if value.get("jsonSchemaDialect", _KNOWN_DIALECTS[0]) not in _KNOWN_DIALECTS:
        return False
    waiting: list[Any] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            dialect = node.get("$schema")
            if isinstance(dialect, str) and dialect.rstrip("#") not in _KNOWN_DIALECTS:
                return False
            waiting.extend(child for child in node.values() if isinstance(child, dict | list))
        else:
            waiting.extend(child for child in node if isinstance(child, dict | list))
    return True


def _bound(document: str, dialect: str) -> Json:
    return {
        "$id": f"urn:lading:validity:{dialect}",
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": document,
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": dialect}},
    }
