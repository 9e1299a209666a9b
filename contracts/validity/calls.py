"""The JSON Schema of OpenAPI documents: openapi-spec-validator's copies of the published ones, compiled once."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from .tables import Json

_BASE = {
    "3.1": "https://spec.openapis.org/oas/3.1/dialect/base",
    "3.2": "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
}
_DIALECTS = {
    "3.1": ("metaschema.json", "vocabularies/base"),
    "3.2": ("dialect/2025-09-17.json", "meta/2025-09-17.json"),
}
"""Where openapi-schema-validator keeps the dialects of schemas and their vocabularies."""
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
    schema = _held("openapi_spec_validator", f"resources/schemas/v{line}/schema.json")
    if line not in _BASE:
        return jsonschema_rs.Draft4Validator(schema, **options)
    published = [_held("openapi_schema_validator", f"schemas/oas{line}/{name}") for name in _DIALECTS[line]]
    registry = jsonschema_rs.Registry([(one["$id"], one) for one in (schema, *published)])
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


def _held(package: str, name: str) -> Json:
    """A schema in a package, which is not imported for it: that takes a quarter of a second."""
    found = find_spec(package)
    assert found is not None
    assert found.submodule_search_locations is not None
    held: Json = json.loads(Path(found.submodule_search_locations[0], name).read_bytes())
    return held
