import pytest

from linters.lint.javascript import UNDEFINED
from tests.linters.lint.linting import ask


def test_the_first_error_or_all() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"b": {"type": "string"}}}
    assert [p.below for p in ask("schema", {"b": 1}, {"schema": schema})] == [()]
    assert {p.below for p in ask("schema", {"b": 1}, {"schema": schema, "allErrors": True})} == {(), ("b",)}


def test_what_is_missing_is_told() -> None:
    (problem,) = ask("schema", UNDEFINED, {"schema": {}})
    assert problem.message == '"x" property is missing.'


def test_the_message_is_about_the_culprit() -> None:
    (problem,) = ask("schema", {"b": [1]}, {"schema": {"properties": {"b": {"items": {"type": "string"}}}}})
    assert (problem.message, problem.below) == ("Item at index 0 should be of the type string.", ("b", 0))


@pytest.mark.parametrize(("schema", "told"), [({"pattern": "("}, 1), ({"$ref": "#/nope"}, 0)])
def test_a_schema_that_is_none(schema: dict[str, str], told: int) -> None:
    assert len(ask("schema", "x", {"schema": schema})) == told
