"""Tables of objects and their fields, and the JSON Schema (draft-07) that they stand for.

A specification is written down as it reads: one entry for each object, one line for each field.

- `name: TYPE`, `name!: TYPE` where the field is required.
- `name@2.4`, `name@-2.3`, `name@0.4-0.5`: since, up to, between versions, both included.
- A TYPE is a primitive (`string`, `uri`, `count` …), the name of another entry, `&T` (T or a Reference Object),
  `@T` (a Reference Object that leads to a T, and nothing else), `[T]` (list; `[T]!` of distinct items, `[T]1` with
  at least one, `[T]!1` both), `{T}` (mapping), `(a|b)` (one of these texts), or a JSON Schema written out.
- Objects are closed but for specification extensions. `~open: true` opens one, `~extensions: false` shuts it
  wholly. `~one` lists fields of which there is exactly one. `~and` (also `~and@-1.0`) adds a JSON Schema, `~is`
  takes the place of fields, `~if`/`~then`/`~else` choose, `~by` chooses by the value of a field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Table: TypeAlias = Mapping[str, Any]

EXTENSION = r"^x-[\w.\-]+$"
_KEY = re.compile(r"(?P<name>[^@!]+)(?P<required>!)?(?:@(?P<since>[\d.]+)?(?:-(?P<until>[\d.]+))?)?")
_PRIMITIVES: dict[str, Json] = {
    "any": {},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "object": {"type": "object"},
    "string": {"type": "string"},
    "count": {"type": "integer", "minimum": 0},
    "email": {"type": "string", "format": "email"},
    "regex": {"type": "string", "format": "regex"},
    "uri": {"type": "string", "format": "uri"},
    "uri-reference": {"type": "string", "format": "uri-reference"},
    # AsyncAPI, Runtime Expression.
    "expression": {
        "type": "string",
        "pattern": r"^\$message\.(header|payload)#(\/(([^\/~])|(~[01]))*)*",
    },
    # Apache Avro, Names.
    "avro-name": {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
    "avro-namespace": {
        "type": "string",
        "pattern": r"^([A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*)*$",
    },
}


def order(version: str) -> tuple[int, ...]:
    """A version as numbers that compare; only major and minor count."""
    return tuple(int(part) for part in version.split(".")[:2])


@dataclass(frozen=True, slots=True)
class Key:
    """A field's name, whether it is required, and the versions that know it."""

    name: str
    required: bool
    since: str | None
    until: str | None

    def holds(self, version: str) -> bool:
        return (self.since is None or order(self.since) <= order(version)) and (
            self.until is None or order(version) <= order(self.until)
        )


def key(text: str) -> Key:
    """Reads `name!@since-until`. Raises `ValueError`."""
    match = _KEY.fullmatch(text)
    if match is None:
        raise ValueError(f"not a field: {text!r}")
    return Key(match["name"], match["required"] is not None, match["since"], match["until"])


def fields(table: Table, version: str) -> dict[Key, Any]:
    """The fields of an entry that a version knows."""
    read = {key(text): value for text, value in table.items() if not text.startswith("~")}
    return {field: value for field, value in read.items() if field.holds(version)}


def definition(table: Table, version: str) -> Json:
    """The JSON Schema of an entry, with references to other entries as `#/definitions/NAME`."""
    if "~by" in table:
        schema = _choice(table, version)
    elif "~if" in table:
        schema = {
            "if": table["~if"],
            "then": expression(table["~then"]),
            "else": expression(table["~else"]),
        }
    elif "~is" in table:
        schema = expression(table["~is"])
    else:
        schema = _object(table, version)
    added = [*_exactly_one(table, version), *_added(table, version)]
    return {"allOf": [schema, *added]} if added else schema


def _exactly_one(table: Table, version: str) -> list[Json]:
    known = [one.name for one in map(key, table.get("~one", ())) if one.holds(version)]
    return [{"oneOf": [{"required": [name]} for name in known]}] if known else []


def _added(table: Table, version: str) -> list[Json]:
    return [
        value
        for text, value in table.items()
        if text.partition("@")[0] == "~and" and key(text.removeprefix("~")).holds(version)
    ]


def pointing_to(name: str) -> str:
    """The name of the definition that `@T` stands for."""
    return f"ReferenceTo{name}"


def expression(written: Any) -> Json:
    """The JSON Schema of a TYPE."""
    if not isinstance(written, str):
        return dict(written)
    if written.startswith("["):
        inner, mark = written[1:].rsplit("]", 1)
        schema: Json = {"type": "array", "items": expression(inner)}
        return {
            **schema,
            **({"uniqueItems": True} if "!" in mark else {}),
            **({"minItems": 1} if "1" in mark else {}),
        }
    if written.startswith("{"):
        return {"type": "object", "additionalProperties": expression(written[1:-1])}
    if written.startswith("("):
        return {"type": "string", "enum": written[1:-1].split("|")}
    if written.startswith("@"):
        return {"$ref": f"#/definitions/{pointing_to(written[1:])}"}
    if written.startswith("&"):
        # Not `oneOf`: the error is then about what was meant, and `$ref` decides that.
        return {
            "if": {"type": "object", "required": ["$ref"]},
            "then": expression("Reference"),
            "else": expression(written[1:]),
        }
    return _PRIMITIVES.get(written) or ({} if written == "any" else {"$ref": f"#/definitions/{written}"})


def _object(table: Table, version: str) -> Json:
    known = fields(table, version)
    schema: Json = {
        "type": table.get("~type", "object"),
        "properties": {field.name: expression(value) for field, value in known.items()},
    }
    required = [field.name for field in known if field.required]
    if required:
        schema["required"] = required
    return schema if table.get("~open") else {**schema, **closed(table.get("~extensions", True))}


def closed(extensions: Any = True) -> Json:
    """No other fields than those named, but for specification extensions."""
    shut: Json = {"additionalProperties": False}
    if extensions:
        shut["patternProperties"] = {"^x-" if extensions == "any" else EXTENSION: {}}
    return shut


def _choice(table: Table, version: str) -> Json:
    by = table["~by"]
    known = {field.name: value for field, value in fields(table, version).items()}
    return {
        "type": "object",
        "required": [by],
        "properties": {by: {"enum": list(known)}},
        "allOf": [
            {"if": {"required": [by], "properties": {by: {"const": name}}}, "then": expression(value)}
            for name, value in known.items()
        ],
    }
