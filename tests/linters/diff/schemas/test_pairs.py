from __future__ import annotations

from linters.diff.schemas.pairs import paired
from tests.linters.diff.building import walk


def test_members_pair_by_sameness_then_by_name_then_by_order() -> None:
    base = {
        "oneOf": [{"type": "string"}, {"title": "A", "minLength": 1}, {"$ref": "#/b"}],
        "b": {"type": "null"},
    }
    revision = {
        "oneOf": [{"$ref": "#/b"}, {"title": "A", "minLength": 2}, {"type": "integer"}],
        "b": {"type": "null"},
    }
    pairs, gone, come = paired(*walk(base, revision), "oneOf")
    assert sorted(pairs) == [(0, 2), (1, 1), (2, 0)]
    assert (gone, come) == ([], [])


def test_what_has_no_counterpart_went_or_came() -> None:
    base = {"anyOf": [{"type": "string"}]}
    revision = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
    assert paired(*walk(base, revision), "anyOf") == ([(0, 0)], [], [1])
    assert paired(*walk(revision, base), "anyOf") == ([(0, 0)], [1], [])
    assert paired(*walk({}, base), "anyOf") == ([], [], [0])
