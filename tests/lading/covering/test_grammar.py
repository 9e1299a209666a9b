from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from lading.covering.grammar import LINES, Grammar
from lading.covering.samples import sample

PUBLISHED = {"openapi 2.0": "v2.0", "openapi 3.0": "v3.0", "openapi 3.1": "v3.1", "openapi 3.2": "v3.2"}
ELSEWHERE = {
    # Schemas are measured by keyword.
    "Schema", "schema", "fileSchema", "discriminator", "Discriminator", "xml", "XML",
    # What the schema of a specification writes down by itself: references, and fields that several objects share.
    "reference", "jsonReference", "examples", "specification-extensions",
}  # fmt: skip
ODD = {
    # The published schemas name fields that their specifications lack, or forbid.
    ("Header", "allowEmptyValue"), ("Header", "allowReserved"), ("link", "body"), ("Responses", "default"), ("responses", "default"),
}  # fmt: skip


def published(line: str) -> Iterator[tuple[str, str]]:
    """Objects and fields that the schema of an OpenAPI line names, as openapi-spec-validator ships it."""
    file = files("openapi_spec_validator") / "resources" / "schemas" / PUBLISHED[line] / "schema.json"
    schema: dict[str, Any] = json.loads(file.read_bytes())
    yield from (("Document", field) for field in schema["properties"])
    for name, definition in (schema.get("$defs") or schema["definitions"]).items():
        if name not in ELSEWHERE and isinstance(definition, dict):
            yield from ((name, field) for field in definition.get("properties", ()))


@pytest.mark.parametrize("line", PUBLISHED)
def test_the_tables_know_every_field_that_the_published_schema_knows(line: str) -> None:
    known = {field for _, field in Grammar(line).fields()}
    assert sorted(one for one in published(line) if one not in ODD and one[1] not in known) == []


@pytest.mark.parametrize("line", LINES)
def test_the_sample_uses_every_field(line: str) -> None:
    grammar = Grammar(line)
    used = {(use.object, use.field) for use in grammar.uses(sample(line))}
    assert sorted(grammar.fields() - used) == []
    assert used <= grammar.fields()


def test_a_choice_is_made_by_the_value() -> None:
    scheme = {"components": {"securitySchemes": {"a": {"type": "http", "scheme": "basic"}}}}
    uses = {(use.object, use.field) for use in Grammar("openapi 3.1").uses(scheme)}
    assert ("HttpScheme", "scheme") in uses
