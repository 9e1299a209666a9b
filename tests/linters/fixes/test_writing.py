"""Values as text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.document import parse
from linters.fixes.edits import CannotFix
from linters.fixes.writing import inline, json_member, member, scalar

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(lambda t: t != "<<"), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "like", "flow", "text"),
    [
        ("orders", "", False, "orders"),
        ("/orders/{id}", "", False, "/orders/{id}"),
        ("/orders/{id}", "", True, "'/orders/{id}'"),
        ("no", "", False, "'no'"),
        ("1.0.0", "", False, "'1.0.0'"),
        ("200", "", False, "'200'"),
        ("a: b", "", False, "'a: b'"),
        ("it's", "'x'", False, "'it''s'"),
        ("x", '"y"', False, '"x"'),
        ("two\nlines", "", False, '"two\\nlines"'),
        (True, "", False, "true"),
        (None, "", False, "null"),
    ],
)
def test_a_scalar_is_quoted_like_its_predecessor_and_where_it_must(
    value: Any, like: str, flow: bool, text: str
) -> None:
    assert scalar(value, like=like, flow=flow) == text


def test_a_collection_is_no_scalar() -> None:
    with pytest.raises(CannotFix):
        scalar({})


@given(TEXTS, st.sampled_from(["", "'", '"']), st.booleans())
def test_every_text_reads_as_itself(text: str, like: str, flow: bool) -> None:
    written = scalar(text, like=like, flow=flow)
    assert parse((f"a: [{written}]" if flow else f"a: {written}").encode(), "a.yaml").value in (
        {"a": [text]},
        {"a": text},
    )


@given(VALUES)
def test_every_value_reads_as_itself_in_block_flow_and_json(value: Any) -> None:
    block = "r:\n    " + member("k", value, "    ", "  ", "\n") + "\n"
    assert parse(block.encode(), "a.yaml").value == {"r": {"k": value}}
    assert parse(f"k: {inline(value)}".encode(), "a.yaml").value == {"k": value}
    json = "{\n\t" + json_member("k", value, "\t", "\t", "\n") + "\n}"
    assert parse(json.encode(), "a.json").value == {"k": value}
