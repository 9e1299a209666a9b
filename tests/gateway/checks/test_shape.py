from typing import Any

from gateway.checks.shape import ANY, TYPES, shape_of


def test_types_come_from_everything_that_narrows_them() -> None:
    assert shape_of({"type": "integer"}).types == {"integer"}
    assert shape_of({"type": "number"}).types == {"number", "integer"}
    assert shape_of({"enum": [1, "a", None]}).types == {"integer", "string", "null"}
    assert shape_of({"allOf": [{"type": ["string", "null"]}, {"type": "string"}]}).types == {"string"}
    assert shape_of({"oneOf": [{"type": "string"}, {"type": "array"}]}).types == {"string", "array"}
    assert shape_of({}).types == TYPES
    assert not shape_of({}).stated
    assert shape_of(True).types == TYPES


def test_references_are_followed_and_circles_end() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "n": {"type": "integer"}}}
    shape = shape_of({"$ref": "#/$defs/Node", "$defs": {"Node": node}})
    assert shape.types == {"object"}
    assert shape.properties["next"].properties["n"].types == {"integer"}


def test_properties_of_alternatives_and_parts_come_together() -> None:
    schema = {
        "allOf": [
            {"properties": {"a": {"type": "integer"}}},
            {
                "oneOf": [
                    {"properties": {"b": {"type": "string"}}},
                    {"properties": {"b": {"type": "boolean"}}},
                ]
            },
        ],
        "additionalProperties": False,
    }
    shape = shape_of(schema)
    assert shape.properties["a"].types == {"integer"}
    assert shape.properties["b"].types == {"string", "boolean"}
    assert shape.additional is None


def test_a_shape_goes_as_deep_as_it_is_asked_to() -> None:
    schema: dict[str, Any] = {"type": "integer"}
    for _ in range(12):
        schema = {"type": "object", "properties": {"a": schema}}
    for depth, types in ((20, {"integer"}), (12, ANY.types)):
        shape = shape_of(schema, depth)
        for _ in range(12):
            shape = shape.properties["a"] if shape.properties else ANY
        assert shape.types == types
