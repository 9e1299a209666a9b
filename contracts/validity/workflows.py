"""The JSON Schema of Arazzo documents, made from our table of the specification."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jsonschema_rs

from contracts.document import parse
from contracts.kinds import LINES

from .tables import Json, Table, definition


@cache
def validator(line: str) -> jsonschema_rs.Draft202012Validator:
    """The compiled schema of a line such as `1.0`; formats are checked."""
    return jsonschema_rs.Draft202012Validator(schema(line), validate_formats=True)


@cache
def schema(line: str) -> Json:
    """The JSON Schema (2020-12, for that of inputs) of Arazzo documents of one line. Raises `KeyError` for an unknown line."""
    if line not in LINES["arazzo"]:
        raise KeyError(line)
    definitions = {name: definition(table, line) for name, table in _tables().items()}
    definitions["Document"]["properties"]["arazzo"] = {
        "type": "string",
        "pattern": rf"^{line.replace('.', '[.]')}[.]\d+(-.+)?$",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "definitions": definitions,
        "allOf": [{"$ref": "#/definitions/Document"}],
    }


def _tables() -> dict[str, Table]:
    file = Path(__file__).parent / "arazzo" / "workflows.yaml"
    tables: dict[str, Table] = parse(file.read_bytes(), file.name).value
    return tables
