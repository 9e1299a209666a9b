"""The JSON Schema of AsyncAPI documents, made from our tables of the specification."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from contracts.document import parse
from contracts.kinds import LINES

from .tables import Json, Table, closed, definition, expression, key, pointing_to

_OPENAPI = "application/vnd.oai.openapi{};version=3.0.0"
_DRAFT_07 = "application/schema{};version=draft-07"
_AVRO = "application/vnd.apache.avro{};version=1.9.0"
_OWN = "application/vnd.aai.asyncapi{};version={}.0"
_SPELLINGS = ("", "+json", "+yaml")


@cache
def validator(line: str) -> jsonschema_rs.Draft7Validator:
    """The compiled schema of a line such as `2.6`; formats are checked."""
    return jsonschema_rs.Draft7Validator(schema(line), validate_formats=True)


@cache
def schema(line: str, *, resolved: bool = False) -> Json:
    """The JSON Schema (draft-07) of AsyncAPI documents of one line. Raises `KeyError` for an unknown line.

    `resolved` is for documents whose references have been replaced: what must be a reference may then be what
    it leads to.
    """
    if line not in LINES["asyncapi"]:
        raise KeyError(line)
    tables = {**_table("schemas"), **_table(f"events-{line[0]}")}
    definitions = {name: _definition(table, line) for name, table in tables.items()}
    for name in tables:
        definitions[pointing_to(name)] = expression(f"&{name}" if resolved else "Reference")
    definitions["Document"]["properties"]["asyncapi"] = {
        "type": "string",
        "pattern": rf"^{line.replace('.', '[.]')}[.]\d+",
    }
    if line[0] == "3":
        definitions.update(_bindings(line))
    return {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions} | {
        "allOf": [{"$ref": "#/definitions/Document"}]
    }


@cache
def schema_of(line: str, name: str) -> Json:
    """The JSON Schema of one object of the specification, such as `Schema`, in documents of one line."""
    return {**schema(line), "allOf": [expression(name)]}


def _table(name: str) -> dict[str, Table]:
    file = Path(__file__).parent / "asyncapi" / f"{name}.yaml"
    tables: dict[str, Table] = parse(file.read_bytes(), f"{name}.yaml").value
    return tables


def _definition(table: Table, line: str) -> Json:
    if "~formats" in table:
        return _by_format(table["~formats"], line)
    if "~bindings" in table:
        return _bindings_at(table["~bindings"], line)
    return definition(table, line)


def _by_format(field: str, line: str) -> Json:
    """What a field holds follows from `schemaFormat`; of a format that we do not know, nothing is asked."""
    own = [known for known in LINES["asyncapi"] if known <= line]
    formats: list[tuple[list[str], str]] = [
        ([_OWN.format(spelling, known) for known in own for spelling in _SPELLINGS], "Schema"),
        ([_DRAFT_07.format(spelling) for spelling in _SPELLINGS[1:]], "JsonSchema"),
        ([_OPENAPI.format(spelling) for spelling in _SPELLINGS], "&OpenApiSchema"),
        ([_AVRO.format(spelling) for spelling in _SPELLINGS], "&Avro"),
    ]
    unsaid: Json = {
        "if": {"not": {"required": ["schemaFormat"]}},
        "then": {"properties": {field: expression("Schema")}},
    }
    said: list[Json] = [
        {
            "if": {"required": ["schemaFormat"], "properties": {"schemaFormat": {"enum": names}}},
            "then": {"properties": {field: expression(kind)}},
        }
        for names, kind in formats
    ]
    return {"allOf": [unsaid, *said]}


def _bindings(line: str) -> Iterator[tuple[str, Json]]:
    """The definitions of each protocol's binding at each place, in each version."""
    table = _table("bindings")
    for name, shared in table["definitions"].items():
        yield name, definition(shared, line)
    for protocol, binding in table.items():
        for place in _PLACES:
            if place in binding and protocol != "protocols":
                for version in binding["versions"]:
                    yield (
                        _binding_name(protocol, place, version),
                        definition({**binding[place], "bindingVersion": "any"}, version),
                    )


_PLACES = ("server", "channel", "operation", "message")


def _binding_name(protocol: str, place: str, version: str) -> str:
    return f"{protocol}-{place}-{version}"


def _bindings_at(place: str, line: str) -> Json:
    table = _table("bindings")
    protocols = [key(text) for text in table["protocols"][place]]
    return {
        "type": "object",
        "properties": {
            protocol.name: _versions(protocol.name, place, table.get(protocol.name, {}))
            for protocol in protocols
            if protocol.holds(line)
        },
        **closed(),
    }


def _versions(protocol: str, place: str, binding: Any) -> Json:
    if place not in binding:
        return {}
    versions = binding["versions"]
    newest = {"$ref": f"#/definitions/{_binding_name(protocol, place, versions[0])}"}
    chosen: list[Json] = [
        {
            "if": {"required": ["bindingVersion"], "properties": {"bindingVersion": {"const": version}}},
            "then": {"$ref": f"#/definitions/{_binding_name(protocol, place, version)}"},
        }
        for version in versions
    ]
    return {
        "type": "object",
        "properties": {"bindingVersion": {"enum": versions}},
        "allOf": [{"if": {"not": {"required": ["bindingVersion"]}}, "then": newest}, *chosen],
    }
