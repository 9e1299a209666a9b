from __future__ import annotations

from itertools import islice

import pytest
from jsonschema import Draft202012Validator

from linters.diff.proof import Definitions, Prover
from linters.diff.proof.instances import Instances, NoInstance


def instances(definitions: dict[str, object] | None = None) -> Instances:
    return Instances(Prover(Definitions(definitions or {}), Definitions()).pair)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 3, "maxLength": 4},
        {"type": "string", "pattern": "^[A-Z]{3}$"},
        {"type": "string", "format": "date"},
        {"type": "integer", "minimum": 7, "multipleOf": 5},
        {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5},
        {"type": "array", "minItems": 2, "uniqueItems": True, "items": {"type": "integer"}},
        {"type": "array", "contains": {"const": "x"}},
        {"type": "object", "required": ["a"], "properties": {"a": {"type": "object", "required": ["b"]}}},
        {"type": "object", "minProperties": 2, "properties": {"a": {"type": "null"}}},
        {"oneOf": [{"type": "string"}, {"type": "null"}]},
        {"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"enum": ["x"]}}}]},
        {"const": {"a": [1]}},
    ],
)
def test_small_values_are_valid(schema: dict[str, object]) -> None:
    assert Draft202012Validator(schema).is_valid(instances().minimal((schema,)))


def test_recursion_that_must_go_on_for_ever_has_no_value() -> None:
    endless = {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/$defs/node"}}}
    with pytest.raises(NoInstance):
        instances({"node": endless}).minimal(({"$ref": "#/$defs/node"},))


def test_variations_lie_where_the_other_side_might_refuse() -> None:
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    revision = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 4}}}
    found = list(islice(instances().variations((base,), (revision,)), 500))
    assert any(len(value.get("a", "")) == 5 for value in found if isinstance(value, dict))
