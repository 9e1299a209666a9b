from __future__ import annotations

from typing import Any

import pytest

from contracts.references import load
from linters.lint.function import Context
from linters.lint.openapi.values import problems
from tests.linters.lint.linting import document


def context(*formats: str) -> Context:
    return Context(("x",), {}, load(document({})), frozenset(formats))


def test_what_is_wrong_is_told_below_the_target() -> None:
    (problem,) = problems({"properties": {"a": {"type": "string"}}}, {"a": 1}, context("oas3"), ("example",))
    assert problem.below == ("example", "a")
    assert problem.message == '"a" property should be of the type string.'


@pytest.mark.parametrize(
    "schema", [True, "text", {"$ref": "#"}, {"allOf": [{"$ref": "#/components/schemas/A"}]}]
)
def test_what_cannot_be_known_is_left(schema: Any) -> None:
    assert problems(schema, 1, context("oas3")) == ()


@pytest.mark.parametrize("schema", [{"type": "text"}, {"properties": {"a": {"nullable": True}}}])
def test_a_schema_that_is_none_is_told_at_the_value(schema: Any) -> None:
    (problem,) = problems(schema, 1, context("oas3"), ("example",))
    assert problem.below == ("example",)
    assert "cannot be checked" in problem.message


def test_bounds_are_read_in_the_way_of_the_version() -> None:
    assert len(problems({"exclusiveMinimum": 1}, 1, context("oas3", "oas3.1"))) == 1
    assert "cannot be checked" in problems({"exclusiveMinimum": 1}, 1, context("oas3", "oas3.0"))[0].message


def test_a_schema_is_looked_at_once_for_all_its_examples() -> None:
    here, schema = context("oas3"), {"type": "string"}
    problems(schema, "a", here)
    assert here.memo["openapi.faults"] == {id(schema): None}
