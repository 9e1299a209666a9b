"""Two schemas of different contracts in one: their definitions are kept apart."""

from __future__ import annotations

from typing import Any

from .definitions import JsonSchema


def both(left: JsonSchema, right: JsonSchema) -> JsonSchema:
    """Both schemas at once, their definitions kept apart."""
    names: dict[str, JsonSchema] = {}
    parts: list[JsonSchema] = []
    for side, schema in (("inner", left), ("outer", right)):
        parts.append(_renamed(schema, side, names))
    return {"allOf": parts, "$defs": names}


def _renamed(schema: Any, side: str, names: dict[str, JsonSchema]) -> Any:
    if isinstance(schema, list):
        return [_renamed(item, side, names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    for name, definition in schema.get("$defs", {}).items():
        names[f"{side}-{name}"] = _renamed(definition, side, names)
    result: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "$ref" and isinstance(value, str) and value.startswith("#/$defs/"):
            result[key] = f"#/$defs/{side}-{value[len('#/$defs/') :]}"
        elif key in ("enum", "const"):
            result[key] = value
        elif key != "$defs":
            result[key] = _renamed(value, side, names)
    return result
