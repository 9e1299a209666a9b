"""Every example of a contract, each once."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.elements.common import Origin, Schema
from contracts.elements.http import HttpApi
from contracts.references import Located
from contracts.schemas.dialects import of_openapi

from .http import of_http, schemas_of_http
from .schemas import of_schemas
from .shown import Shown


def shown(api: HttpApi) -> Iterator[Shown]:
    """The examples of operations, then those of schemas; one that is shared is judged once."""
    seen: set[tuple[object, ...]] = set()
    for examples in (of_http(api), of_schemas(api.documents, [*schemas_of_http(api), *_named(api)])):
        for example in examples:
            key = (example.origin, example.schema.origin, example.direction)
            if key not in seen:
                seen.add(key)
                yield example


def _named(api: HttpApi) -> Iterator[Schema]:
    """The schemas under `components` or `definitions`, used or not."""
    top = api.documents.top
    declared = top.value.get("jsonSchemaDialect") if isinstance(top.value, dict) else None
    dialect = of_openapi(api.specification, declared)
    for keys in (("components", "schemas"), ("definitions",)):
        node: Located | None = top
        for key in keys:
            node = node.child(key) if node and isinstance(node.value, dict) and key in node.value else None
        if node is not None and isinstance(node.value, dict):
            for name in node.value:
                held = node.child(name)
                yield Schema(held.value, Origin(held.source, held.path), dialect)
