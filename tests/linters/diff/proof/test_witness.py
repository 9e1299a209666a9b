from __future__ import annotations

from linters.diff.proof import Definitions, Names, Prover, witness
from linters.diff.proof.outcome import NOTHING


def find(inner: object, outer: object, names: Names = Names.ANY, formats: bool = True) -> object:
    pair = Prover(Definitions(), Definitions(), names, formats).pair
    return witness.find(pair, inner, outer)  # type: ignore[arg-type]


def test_witnesses_are_small() -> None:
    assert find({"type": "object", "properties": {"a": {}, "b": {}}}, {"required": ["a"]}) == {}
    assert find({"enum": ["a", "b"]}, {"enum": ["a"]}) == "b"
    assert find({"type": "string", "maxLength": 5}, {"type": "string", "maxLength": 4}) == "aaaaa"
    assert find({"type": ["string", "null"]}, {"type": "string"}) is None
    assert find({"type": "integer"}, {"format": "int32"}) == 2**31
    assert find(
        {"properties": {"a": {"type": "string"}}, "type": "object"}, {"additionalProperties": False}
    ) in ({"a": ""}, {"zz-unknown": None})


def test_none_is_found_where_there_is_none() -> None:
    assert find({"type": "integer"}, {"type": "number"}) is NOTHING


def test_names_that_only_the_other_side_declares_are_no_witness_to_an_api() -> None:
    base, revision = {"type": "object"}, {"type": "object", "properties": {"a": {"type": "string"}}}
    assert find(base, revision, Names.DECLARED) is NOTHING
    assert find(base, revision, Names.ANY) is not NOTHING


def test_what_the_second_validator_cannot_read_confirms_nothing() -> None:
    assert witness.accepts({"pattern": "\\p{L}"}, "a", formats_too=False) is None
    assert not witness.confirms({}, {"pattern": "\\p{L}"}, "a", formats_too=False)
    assert witness.confirms({}, {"type": "null"}, 1, formats_too=False)
