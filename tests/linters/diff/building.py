"""Small contracts for tests."""

from __future__ import annotations

from typing import Any

import yaml

from contracts.document import parse
from contracts.model import EventApi, HttpApi, Origin, Schema, build
from contracts.references import from_files, load
from linters.diff import Change, Comparison, CompatPolicy, compare
from linters.diff.policy import BACKWARD
from linters.diff.schemas import Node, Reader, SchemaWalk


def api(text: str | dict[str, Any], source: str = "contract.yaml") -> HttpApi | EventApi:
    content = text if isinstance(text, str) else yaml.safe_dump(text, sort_keys=False)
    return build(load(parse(content.encode(), source)))


def http(
    *,
    path: str = "/orders",
    method: str = "post",
    operation: dict[str, Any] | None = None,
    request: Any = None,
    response: Any = None,
    schemas: dict[str, Any] | None = None,
    version: str = "1.0.0",
    openapi: str = "3.1.0",
    **more: Any,
) -> HttpApi:
    """An OpenAPI contract with one operation."""
    content: dict[str, Any] = {"responses": {"200": {"description": "OK"}}, **(operation or {})}
    if request is not None:
        content["requestBody"] = {"content": {"application/json": {"schema": request}}}
    if response is not None:
        content["responses"] = {
            "200": {"description": "OK", "content": {"application/json": {"schema": response}}}
        }
    value = {
        "openapi": openapi,
        "info": {"title": "Orders", "version": version},
        "paths": {path: {method: content}},
        "components": {"schemas": schemas or {}},
        **more,
    }
    built = api(value)
    assert isinstance(built, HttpApi)
    return built


def events(
    action: str = "send", payload: Any = None, *, address: str = "orders", version: str = "1.0.0", **more: Any
) -> EventApi:
    """An AsyncAPI contract with one operation and one message."""
    message = {"name": "OrderAccepted", "payload": payload if payload is not None else {"type": "object"}}
    value = {
        "asyncapi": "3.0.0",
        "info": {"title": "Orders", "version": version},
        "channels": {"orders": {"address": address, "messages": {"accepted": {**message, **more}}}},
        "operations": {"one": {"action": action, "channel": {"$ref": "#/channels/orders"}}},
    }
    built = api(value)
    assert isinstance(built, EventApi)
    return built


def compared(base: Any, revision: Any, policy: CompatPolicy = BACKWARD, **options: Any) -> Comparison:
    return compare(base, revision, policy=policy, **options)


def ids(comparison: Comparison, verdict: str | None = None) -> list[str]:
    return sorted(one.id for one in comparison.changes if verdict is None or one.verdict == verdict)


def only(comparison: Comparison, identifier: str) -> Change:
    (found,) = (one for one in comparison.changes if one.id == identifier)
    return found


def node(value: Any, dialect: str = "json-schema-2020-12") -> Node:
    return Node(value, Origin("schema.yaml", ()), dialect)


def reader(value: Any) -> Reader:
    content = yaml.safe_dump(value, sort_keys=False).encode()
    return Reader(from_files({"schema.yaml": content}, "schema.yaml"))


def walk(base: Any, revision: Any) -> tuple[SchemaWalk, Node, Node]:
    """A walk over two documents that are schemas, and their roots."""
    return SchemaWalk(reader(base), reader(revision)), node(base), node(revision)


def schema(value: Any) -> Schema:
    return Schema(value, Origin("schema.yaml", ()), "json-schema-2020-12")
