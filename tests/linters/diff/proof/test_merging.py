from __future__ import annotations

import jsonschema_rs

from linters.diff.proof.merging import both


def test_definitions_of_one_name_are_kept_apart() -> None:
    left = {"$ref": "#/$defs/Code", "$defs": {"Code": {"type": "string", "minLength": 2}}}
    right = {"allOf": [{"$ref": "#/$defs/Code"}], "$defs": {"Code": {"maxLength": 3}}}
    merged = jsonschema_rs.Draft202012Validator(both(left, right))
    assert [text for text in ("a", "ab", "abc", "abcd") if merged.is_valid(text)] == ["ab", "abc"]


def test_values_that_look_like_references_stay_as_they_are() -> None:
    left = {"const": {"$ref": "#/$defs/Code"}}
    assert jsonschema_rs.Draft202012Validator(both(left, True)).is_valid({"$ref": "#/$defs/Code"})
