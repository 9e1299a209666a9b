"""The table that the schemas of a contract share."""

import pytest

from contracts.errors import LimitExceeded
from contracts.schemas import Direction, Discriminators
from contracts.schemas.definitions import Definitions
from tests.contracts.made import documents

TEXT = """
components:
  schemas:
    A: {properties: {b: {$ref: '#/components/schemas/B'}}}
    B: {properties: {a: {$ref: '#/components/schemas/A'}, c: {$ref: 'parts.yaml#/A'}}}
    C: {type: string}
"""


def table() -> Definitions:
    made = documents(TEXT, parts="A: {type: integer}")
    return Definitions(made, Direction.REQUEST, refuse_one_way=False, discriminators=Discriminators.ENFORCED)


def test_definitions_are_translated_once_and_only_when_needed() -> None:
    found = table()
    node = found.documents.locate(("components", "schemas", "A"))
    piece = found.translate(node, "openapi-3.0")
    assert set(found.table) == {"B", "A", "A-2"}
    assert found.closure(piece.names) == ("B", "A", "A-2")
    before = dict(found.table)
    again = found.translate(node, "openapi-3.0")
    assert again.schema == piece.schema
    assert all(found.table[name] is before[name] for name in before)


def test_definitions_know_where_they_are_written() -> None:
    found = table()
    found.translate(found.documents.locate(("components", "schemas", "B")), "openapi-3.0")
    places = {(found.origin(name).source, found.origin(name).path) for name in found.table}
    assert ("parts.yaml", ("A",)) in places
    assert found.unmodelled(("A",)) == ()


def test_names_are_safe_in_a_pointer() -> None:
    made = documents(
        "components: {schemas: {'a/b ~c': {type: string}, S: {$ref: '#/components/schemas/a~1b ~0c'}}}"
    )
    found = Definitions(made, None, refuse_one_way=False, discriminators=Discriminators.ENFORCED)
    piece = found.translate(made.top.child("components").child("schemas").child("S"), "openapi-3.0")
    assert piece.schema == {"$ref": "#/$defs/a_b_c"}


def test_definitions_of_one_name_are_numbered() -> None:
    parts = "\n".join(f"p{number}: {{A: {{$ref: '#/q'}}}}" for number in range(50)) + "\nq: {type: string}"
    text = "S: {allOf: [" + ", ".join(f"{{$ref: 'parts.yaml#/p{number}/A'}}" for number in range(50)) + "]}"
    found = Definitions(
        documents(text, parts=parts), None, refuse_one_way=False, discriminators=Discriminators.ENFORCED
    )
    piece = found.translate(found.documents.top.child("S"), "json-schema-2020-12")
    assert len(piece.names) == 50
    assert {"A", "A-2", "A-50", "q"} <= set(found.table)


def test_variants_that_multiply_end_in_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each level of a hierarchy in which every level discriminates doubles the variants."""
    monkeypatch.setattr("contracts.schemas.definitions._MOST", 200)
    levels = "\n".join(
        f"    L{number}: {{discriminator: {{propertyName: p{number}}}, allOf: [{{$ref: '#/components/schemas/L{number - 1}'}}]}}"
        for number in range(1, 14)
    )
    made = documents("components:\n  schemas:\n    L0: {discriminator: {propertyName: p}}\n" + levels)
    found = Definitions(made, None, refuse_one_way=False, discriminators=Discriminators.ENFORCED)
    with pytest.raises(LimitExceeded) as caught:
        found.translate(made.locate(("components", "schemas", "L0")), "openapi-3.0")
    assert caught.value.code == "too-entangled"
    assert caught.value.line
