from __future__ import annotations

from jsonschema_rs.canonical import Containment

from linters.diff.proof import canonical
from linters.diff.proof.definitions import Definitions


def test_the_algebra_answers() -> None:
    assert canonical.covers({"type": "number"}, {"type": "integer"}, formats=False) == Containment.YES
    assert canonical.covers({"type": "string"}, {"type": "null"}, formats=False) == Containment.NO


def test_what_it_cannot_read_is_told_and_no_traceback() -> None:
    assert isinstance(canonical.covers({"pattern": "(?<x"}, {}, formats=False), str)
    assert canonical.validator({"pattern": "(?<x"}, formats=False) is None
    assert canonical.lost({"type": 5}, {}, formats=False) is None  # type: ignore[dict-item]
    assert not canonical.is_empty({"pattern": "(?<x"}, formats=False)


def test_emptiness_and_what_is_lost() -> None:
    assert canonical.is_empty({"type": "string", "enum": [1]}, formats=False)
    assert canonical.lost({"enum": ["a", "b"]}, {"enum": ["a"]}, formats=False)


def test_size_stops_counting() -> None:
    definitions = Definitions({"a": {"properties": {"self": {"$ref": "#/$defs/a"}, "b": {}}}})
    assert canonical.size({"$ref": "#/$defs/a"}, definitions) == 4
    assert canonical.size({"allOf": [{}] * 1000}, definitions) > canonical.SIZE


def test_fractions_are_seen() -> None:
    assert canonical.has_fraction({"multipleOf": 0.3})
    assert not canonical.has_fraction({"properties": {"a": {"multipleOf": 3}}})


def test_formats_that_the_algebra_does_not_know_are_named() -> None:
    assert canonical.has_unknown_format({"properties": {"n": {"type": "integer", "format": "int32"}}})
    assert not canonical.has_unknown_format({"type": "string", "format": "date"})
    assert canonical.excludes_a_format({"not": {"format": "int32"}})
    assert not canonical.excludes_a_format({"format": "int32"})
    assert not canonical.is_empty({"type": "integer", "not": {"format": "int32"}}, formats=True)
