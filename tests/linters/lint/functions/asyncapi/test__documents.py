from __future__ import annotations

import pytest

from linters.lint.errors import ScriptError
from linters.lint.functions.asyncapi import _documents


@pytest.mark.parametrize(
    ("formats", "line"),
    [({"asyncapi2", "aas2_6"}, "2.6"), ({"aas3", "aas3_1"}, "3.1"), ({"asyncapi2"}, None), (set(), None)],
)
def test_the_line_follows_from_the_formats(formats: set[str], line: str | None) -> None:
    assert _documents.line_of(frozenset(formats)) == line


def test_of_several_flaws_at_one_place_the_first_is_told() -> None:
    document = {"asyncapi": "2.6.0", "info": {"contact": {"url": 1}, "nope": 1}, "channels": {}}
    found = [flaw.path for flaw in _documents.document("2.6", True).flaws(document)]
    assert found == [("info",), ("info", "contact", "url"), ("info", "nope")]


def test_one_object_is_judged_alone() -> None:
    (flaw,) = _documents.part("2.6", "Schema").flaws({"type": "object", "required": "id"})
    assert flaw.path == ("required",)


def test_what_unfolds_beyond_measure_is_refused() -> None:
    schema: object = {"type": "string"}
    for _ in range(30):
        schema = {"properties": {"a": schema, "b": schema}}
    with pytest.raises(ScriptError):
        list(_documents.part("2.6", "Schema").flaws(schema))
