"""Small contracts, and the same ones as the next version of their specification writes them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

_SCALARS = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "maxLength": 20},
        {"type": "string", "enum": ["a", "b"]},
        {"type": "integer", "minimum": 1},
        {"type": "integer", "maximum": 10, "exclusiveMaximum": True},
        {"type": "number", "minimum": 0, "exclusiveMinimum": True},
        {"type": "boolean"},
        {"type": "string", "format": "date"},
        {"type": "string", "nullable": True},
    ]
)
SCHEMAS = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        inner.map(lambda one: {"type": "array", "items": one}),
        st.dictionaries(st.sampled_from(["id", "state", "lines"]), inner, min_size=1).map(
            lambda some: {"type": "object", "properties": some, "required": [next(iter(some))]}
        ),
    ),
    max_leaves=5,
)
"""Schemas as OpenAPI 3.0 writes them."""


def without_null(schema: Any) -> Any:
    """A schema that OpenAPI 2.0 and AsyncAPI can say, too: nothing may be null, and bounds are plain."""
    if isinstance(schema, list):
        return [without_null(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    left = ("nullable", "exclusiveMaximum", "exclusiveMinimum")
    return {key: without_null(one) for key, one in schema.items() if key not in left}


def to_31(schema: Any) -> Any:
    """OpenAPI 3.0's schema in 3.1: null is a type, and exclusive bounds are numbers."""
    if isinstance(schema, list):
        return [to_31(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: to_31(one) for key, one in schema.items()}
    if found.pop("nullable", False):
        found["type"] = [found["type"], "null"]
    for plain, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if found.get(exclusive) is True:
            found[exclusive] = found.pop(plain)
    return found


def openapi(version: str, schema: Any) -> dict[str, Any]:
    """One operation that takes and gives a schema, in OpenAPI 3."""
    content = {"application/json": {"schema": schema}}
    return {
        "openapi": version,
        "info": {"title": "Orders", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com/v1"}],
        "security": [{"key": []}],
        "paths": {
            "/orders/{id}": {
                "put": {
                    "operationId": "writeOrder",
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                        {
                            "name": "tags",
                            "in": "query",
                            "schema": {"type": "array", "items": {"type": "string"}},
                        },
                    ],
                    "requestBody": {"required": True, "content": content},
                    "responses": {"200": {"description": "Done", "content": deepcopy(content)}},
                }
            }
        },
        "components": {"securitySchemes": {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}}},
    }


def swagger(schema: Any) -> dict[str, Any]:
    """The same in OpenAPI 2.0."""
    return {
        "swagger": "2.0",
        "info": {"title": "Orders", "version": "1.0.0"},
        "host": "api.example.com",
        "basePath": "/v1",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "security": [{"key": []}],
        "paths": {
            "/orders/{id}": {
                "put": {
                    "operationId": "writeOrder",
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "type": "string"},
                        {"name": "tags", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"},
                        {"name": "order", "in": "body", "required": True, "schema": schema},
                    ],
                    "responses": {"200": {"description": "Done", "schema": deepcopy(schema)}},
                }
            }
        },
        "securityDefinitions": {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}},
    }  # fmt: skip


def events_2(verb: str, schema: Any) -> dict[str, Any]:
    """One operation of an application, in AsyncAPI 2."""
    message = {"name": "OrderAccepted", "contentType": "application/json", "payload": schema}
    return {
        "asyncapi": "2.6.0",
        "info": {"title": "Orders", "version": "1.0.0"},
        "servers": {
            "production": {"url": "broker.example.com", "protocol": "kafka", "security": [{"scram": []}]}
        },
        "channels": {
            "orders": {
                "servers": ["production"],
                "bindings": {"kafka": {"partitions": 3}},
                verb: {"bindings": {"kafka": {"clientId": {"type": "string"}}}, "message": message},
            }
        },
        "components": {"securitySchemes": {"scram": {"type": "scramSha256"}}},
    }


def events_3(action: str, schema: Any) -> dict[str, Any]:
    """The same in AsyncAPI 3, told from the application's side."""
    message = {"name": "OrderAccepted", "contentType": "application/json", "payload": schema}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Orders", "version": "1.0.0"},
        "servers": {
            "production": {
                "host": "broker.example.com",
                "protocol": "kafka",
                "security": [{"$ref": "#/components/securitySchemes/scram"}],
            }
        },
        "channels": {
            "orders": {
                "address": "orders",
                "servers": [{"$ref": "#/servers/production"}],
                "bindings": {"kafka": {"partitions": 3}},
                "messages": {"accepted": message},
            }
        },
        "operations": {
            "one": {
                "action": action,
                "channel": {"$ref": "#/channels/orders"},
                "bindings": {"kafka": {"clientId": {"type": "string"}}},
            }
        },
        "components": {"securitySchemes": {"scram": {"type": "scramSha256"}}},
    }
