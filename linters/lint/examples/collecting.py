"""Every example of a contract, each once."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.elements.common import Origin, Schema
from contracts.model import EventApi, HttpApi
from contracts.references import Located
from contracts.schemas.dialects import of_openapi

from .events import of_events, schemas_of_events
from .http import of_http, schemas_of_http
from .schemas import of_schemas
from .shown import Shown


def shown(api: HttpApi | EventApi) -> Iterator[Shown]:
    """The examples of operations or messages, then those of schemas; one that is shared is judged once."""
    documents = api.documents
    stated = [*(schemas_of_http(api) if isinstance(api, HttpApi) else schemas_of_events(api)), *_named(api)]
    seen: set[tuple[object, ...]] = set()
    for examples in (
        of_http(api) if isinstance(api, HttpApi) else of_events(api),
        of_schemas(documents, stated),
    ):
        for example in examples:
            key = (example.origin, example.schema.origin, example.direction)
            if key not in seen:
                seen.add(key)
                yield example


def _named(api: HttpApi | EventApi) -> Iterator[Schema]:
    """The schemas under `components` or `definitions`, used or not."""
    root = api.documents.root
    dialect = "asyncapi"
    if isinstance(api, HttpApi):
        declared = root.value.get("jsonSchemaDialect") if isinstance(root.value, dict) else None
        dialect = of_openapi(api.specification, declared)
    for keys in (("components", "schemas"), ("definitions",)):
        node: Located | None = Located(root.value, root.source, ())
        for key in keys:
            held = node.value if node is not None else None
            node = node.child(key) if node and isinstance(held, dict) and key in held else None
        if node is not None and isinstance(node.value, dict):
            for name, value in node.value.items():
                if not (isinstance(value, dict) and "schemaFormat" in value):
                    yield Schema(value, Origin(root.source, (*keys, name)), dialect)
