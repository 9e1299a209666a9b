"""What the comparison makes of each keyword of a schema, wherever a schema describes data that travels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from .grammar import read
from .meter import judged

_SHARED = {"A": {"type": "integer"}, "B": {"type": "number"}}


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """One change of one keyword: the outcome at each place, None where the place's dialect lacks it."""

    keyword: str
    note: str
    action: str
    outcomes: tuple[str | None, ...]
    ids: tuple[str, ...]


def _call(schema: Any, *, where: str, version: str) -> dict[str, Any]:
    """An OpenAPI document with one operation and the schema in one place of it."""
    whole = {"type": "object", "properties": {"value": schema}}
    content = {"application/json": {"schema": whole}}
    operation: dict[str, Any] = {"responses": {"200": {"description": "Done"}}}
    if where == "request":
        operation["requestBody"] = {"required": True, "content": content}
    elif where == "response":
        operation["responses"]["200"]["content"] = content
    elif where == "parameter":
        operation["parameters"] = [{"name": "value", "in": "query", "schema": schema}]
    elif where == "header":
        operation["responses"]["200"]["headers"] = {"X-Value": {"schema": schema}}
    return {
        "openapi": version,
        "info": {"title": "Orders", "version": "1.0.0"},
        "paths": {"/orders": {"post": operation}},
        "components": {"schemas": _SHARED},
    }


def _event(schema: Any, *, action: str, part: str = "payload") -> dict[str, Any]:
    """An AsyncAPI document with one operation and the schema in one part of its message."""
    whole = {"type": "object", "properties": {"value": schema}}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Orders", "version": "1.0.0"},
        "channels": {"orders": {"address": "orders", "messages": {"one": {"name": "One", part: whole}}}},
        "operations": {"tell": {"action": action, "channel": {"$ref": "#/channels/orders"}}},
        "components": {"schemas": _SHARED},
    }


Place = Callable[[Any, str], dict[str, Any]]
PLACES: dict[str, Place] = {
    "request body": lambda schema, version: _call(schema, where="request", version=version),
    "response body": lambda schema, version: _call(schema, where="response", version=version),
    "query parameter": lambda schema, version: _call(schema, where="parameter", version=version),
    "response header": lambda schema, version: _call(schema, where="header", version=version),
    "sent payload": lambda schema, _: _event(schema, action="send"),
    "received payload": lambda schema, _: _event(schema, action="receive"),
    "sent headers": lambda schema, _: _event(schema, action="send", part="headers"),
    "received headers": lambda schema, _: _event(schema, action="receive", part="headers"),
}
"""Where data travels, and a document with a schema there; the first four are OpenAPI's."""


@cache
def keyword_rows() -> tuple[KeywordRow, ...]:
    """Every keyword at every place: come, gone, and of another value."""
    return tuple(row for entry in read("keywords.yaml") for row in _rows(entry))


def _rows(entry: dict[str, Any]) -> Iterator[KeywordRow]:
    keyword, without = entry["keyword"], dict(entry["within"])
    with_one = {**without, keyword: entry["value"]}
    changes = {"added": (without, with_one), "removed": (with_one, without)}
    if "other" in entry:
        changes["changed"] = with_one, {**without, keyword: entry["other"]}
    for action, (base, revision) in changes.items():
        outcomes: list[str | None] = []
        ids: set[str] = set()
        for place, document in PLACES.items():
            version = _version(entry, place)
            if version is None:
                outcomes.append(None)
                continue
            outcome, found = judged(document(base, version), document(revision, version))
            outcomes.append(outcome)
            ids.update(found)
        yield KeywordRow(keyword, entry.get("only", ""), action, tuple(outcomes), tuple(sorted(ids)))


def _version(entry: dict[str, Any], place: str) -> str | None:
    """The version of the specification that is written at a place; None where it lacks the keyword."""
    events = place.startswith(("sent", "received"))
    only = str(entry.get("only", ""))
    if (events and (only.startswith("openapi") or entry.get("except") == "asyncapi")) or (
        not events and only == "asyncapi"
    ):
        return None
    return "3.0.3" if only == "openapi 3.0" else "3.1.0"
