from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.json_reader import read
from contracts.limits import DEFAULT, Limits
from contracts.reading import TooMuch

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values, st.booleans(), st.sampled_from([None, 1]))
def test_reads_what_the_standard_library_writes(value: object, escape: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=escape, indent=indent)
    reading = read(text, DEFAULT)
    assert reading.notices == []
    assert reading.value == value


@given(st.text(alphabet='{}[]",:0123456789.eE+-truefalsn\\ \n', max_size=30))
def test_accepts_what_the_standard_library_accepts(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        assert [notice.code for notice in read(text, DEFAULT).notices][-1] == "syntax"
        return
    if isinstance(expected, float) and math.isinf(expected):
        return
    reading = read(text, DEFAULT)
    assert all(notice.code == "duplicate-key" for notice in reading.notices)
    assert reading.value == expected


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ('{"a": 1,}', 8, "property name"),
        ('{"a" 1}', 5, "colon"),
        ("[1 2]", 3, "comma"),
        ("[1] x", 4, "more text"),
        ('{"a": "b', 6, "not closed"),
        ("[NaN]", 1, "not JSON"),
        ('{"a": ', 6, "ends in the middle"),
        ("[1}", 2, "closing bracket"),
    ],
)
def test_says_where_and_why(text: str, offset: int, words: str) -> None:
    (notice,) = read(text, DEFAULT).notices
    assert notice.start == offset
    assert words in notice.message


def test_a_key_given_twice_is_noticed_and_the_last_value_counts() -> None:
    reading = read('{"a": 1, "a": 2}', DEFAULT)
    assert [(notice.code, notice.start, notice.fatal) for notice in reading.notices] == [
        ("duplicate-key", 9, True)
    ]
    assert reading.value == {"a": 2}


def test_depth_and_nodes_are_bounded() -> None:
    with pytest.raises(TooMuch, match="levels"):
        read("[" * 10_000, DEFAULT)
    with pytest.raises(TooMuch, match="nodes"):
        read("[" + "0," * 100 + "0]", Limits(nodes=50))


def test_every_place_holds_its_token() -> None:
    text = '{"a": [10, "x"], "b": {}}'
    root = read(text, DEFAULT).root
    assert root is not None
    a = root.child("a")
    assert a is not None
    assert a.key is not None
    assert text[slice(*a.key)] == '"a"'
    assert [text[node.start : node.end] for node in a.items or ()] == ["10", '"x"']
    b = root.child("b")
    assert b is not None
    assert text[b.start : b.end] == "{}"
