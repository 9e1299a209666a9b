"""Schemas know their dialect."""

import pytest

from contracts.openapi.context import Context
from contracts.tolerant import Reader
from tests.contracts.made import documents


@pytest.mark.parametrize(
    ("line", "dialect", "found"),
    [("3.0", "openapi-3.0", "openapi-3.0"), ("3.1", "json-schema-2020-12", "json-schema-draft-07")],
)
def test_a_schema_may_name_its_own_dialect_from_3_1_on(line: str, dialect: str, found: str) -> None:
    made = documents("schema: {$schema: 'http://json-schema.org/draft-07/schema#'}")
    schema = Context(Reader(made), line, dialect).schema(made.top)
    assert schema is not None
    assert (schema.dialect, schema.origin.path) == (found, ("schema",))


def test_booleans_are_schemas_and_other_things_are_problems() -> None:
    made = documents("a: true\nb: 3\nc: [x]")
    context = Context(Reader(made), "3.1", "json-schema-2020-12")
    assert context.schema(made.top, "a") is not None
    assert context.schema(made.top, "b") is None
    assert context.schema(made.top, "c") is None
    assert context.schema(made.top, "d") is None
    assert [problem.pointer for problem in context.reader.problems] == ["/b", "/c"]
