from __future__ import annotations

from linters.diff.proof.definitions import Definitions, Sameness, bare, children, dump, reference


def test_annotations_and_extensions_are_no_part_of_what_a_schema_says() -> None:
    written = {
        "title": "t", "x-note": 1, "type": "object", "required": ["b", "a"],
        "properties": {"title": {"type": "string", "description": "d"}}, "$defs": {"a": {}},
    }  # fmt: skip
    assert bare(written) == {
        "type": "object", "required": ["a", "b"], "properties": {"title": {"type": "string"}},
    }  # fmt: skip


def test_one_is_not_true() -> None:
    assert dump({"const": 1}) != dump({"const": True})
    assert dump({"a": 1, "b": 2}) == dump({"b": 2, "a": 1})
    assert dump(2**70) == str(2**70).encode()


def test_children_and_references() -> None:
    schema = {"allOf": [{"$ref": "#/$defs/a"}], "properties": {"p": True}, "not": {"type": "null"}}
    assert list(children(schema)) == [True, {"$ref": "#/$defs/a"}, {"type": "null"}]
    assert reference({"$ref": "#/$defs/a"}) == "a"
    assert reference({"$ref": "other.json"}) is None
    assert Definitions().references(schema) == {"a"}


def test_whole_schemas_carry_what_they_reach() -> None:
    definitions = Definitions({"a": {"$ref": "#/$defs/b"}, "b": {"type": "null"}, "c": {}})
    assert definitions.whole({"$ref": "#/$defs/a"}) == {
        "$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"type": "null"}},
    }  # fmt: skip
    assert definitions.whole(True) is True
    assert definitions.weight({"allOf": [{}, {"not": {}}]}) == 4


def test_sameness_looks_through_references_and_circles() -> None:
    node = {"properties": {"next": {"$ref": "#/$defs/node"}, "leaf": {"$ref": "#/$defs/leaf"}}}
    left = Definitions({"node": node, "leaf": {"type": "string"}, "other": {}})
    right = Definitions({"node": node, "leaf": {"type": "integer"}, "other": {}})
    differing = Sameness(left, right)
    assert not differing.of({"$ref": "#/$defs/node"}, {"$ref": "#/$defs/node"})
    assert differing.of({"$ref": "#/$defs/other"}, {"$ref": "#/$defs/other"})
    assert Sameness(left, left).of({"$ref": "#/$defs/node"}, {"$ref": "#/$defs/node"})
    assert not Sameness(left, left).of({"$ref": "#/$defs/gone"}, {"$ref": "#/$defs/gone"})
