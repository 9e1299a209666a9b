from __future__ import annotations

import json
from typing import Any

import pytest

import specs
from linters.diff import Change, compare
from linters.diff.fingerprints import fingerprinted
from tests.linters.diff.building import api, http

OPEN = {"type": "object", "properties": {"sku": {"type": "string", "maxLength": 20}}}


def narrowed(most: int, **more: Any) -> dict[str, Any]:
    return {**OPEN, **more, "properties": {"sku": {"type": "string", "maxLength": most}}}


def marks(base: Any, revision: Any, **more: Any) -> list[str]:
    changes = compare(http(request=base), http(request=revision, **more)).changes
    return [one.fingerprint for one in changes]


def test_a_fingerprint_stays_where_lines_move_and_words_change() -> None:
    (mark,) = marks(OPEN, narrowed(10))
    assert len(mark) == 32
    described = narrowed(10, description="A line.\n" * 20)
    assert mark in marks(OPEN, described)
    assert marks(OPEN, narrowed(10), info={"title": "Other", "version": "9.9.9"}) == [mark]


@pytest.mark.parametrize("most", [9, 11])
def test_another_value_is_another_change(most: int) -> None:
    assert marks(OPEN, narrowed(10)) != marks(OPEN, narrowed(most))


def test_what_alternatives_hold_counts_though_no_figure_tells_it() -> None:
    base = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    one = marks(base, {"oneOf": [*base["oneOf"], {"type": "array", "maxItems": 1}]})
    other = marks(base, {"oneOf": [*base["oneOf"], {"type": "array", "maxItems": 2}]})
    assert one
    assert not set(one) & set(other)
    worded = {"type": "array", "maxItems": 1, "description": "A list.", "items": True}
    assert one != marks(base, {"oneOf": [*base["oneOf"], worded]})
    del worded["items"]
    assert one == marks(base, {"oneOf": [*base["oneOf"], worded]})


def test_a_property_that_is_named_like_a_text_is_none() -> None:
    def adding(most: int) -> list[str]:
        member = {"type": "object", "required": ["title"], "properties": {"title": {"maxLength": most}}}
        return marks({"oneOf": [{"type": "string"}]}, {"oneOf": [{"type": "string"}, member]})

    assert adding(5) != adding(6)


def test_no_fingerprint_stands_for_two_changes_of_one_comparison() -> None:
    (change,) = compare(http(request=OPEN), http(request=narrowed(10))).changes
    first, second = fingerprinted([change, change])
    assert first.fingerprint == change.fingerprint != second.fingerprint


def test_it_travels_with_the_change() -> None:
    (change,) = compare(http(request=OPEN), http(request=narrowed(10))).changes
    assert Change.from_dict(change.as_dict()).fingerprint == change.fingerprint


def test_of_real_contracts_they_are_told_apart_and_stay_whatever_the_layout() -> None:
    pair = [
        specs.path(name).read_text("utf-8") for name in ("history/orders@1.4.0.openapi", "orders.openapi")
    ]
    written = compare(*(api(text) for text in pair)).changes
    found = [one.fingerprint for one in written]
    assert len(set(found)) == len(found) > 100
    for one in written:
        assert json.dumps(one.data), "figures are plain values, or they would not read alike in every run"
    lines_moved = compare(*(api("# A line.\n\n" * 9 + text) for text in pair)).changes
    assert [one.fingerprint for one in lines_moved] == found
