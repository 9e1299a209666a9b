from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.pointers import descend, from_pointer, to_pointer


@pytest.mark.parametrize(
    ("path", "pointer"),
    [((), ""), (("paths", "/a/{b}"), "/paths/~1a~1{b}"), (("a~b", 0), "/a~0b/0"), (("",), "/")],
)
def test_paths_as_pointers(path: tuple[str | int, ...], pointer: str) -> None:
    assert to_pointer(path) == pointer


@given(st.lists(st.text()))
def test_text_paths_come_back(path: list[str]) -> None:
    assert from_pointer(to_pointer(path)) == tuple(path)


def test_the_fragment_form_is_percent_decoded() -> None:
    assert from_pointer("#/a%20b/%7Bc%7D") == ("a b", "{c}")


def test_a_pointer_begins_with_a_slash() -> None:
    with pytest.raises(ValueError, match="begins with '/'"):
        from_pointer("paths")


def test_descend_tells_indexes_from_keys() -> None:
    value = {"a": [{"0": "x"}]}
    assert descend(value, ("a", "0", "0")) == ("x", ("a", 0, "0"))


@pytest.mark.parametrize("tokens", [("b",), ("a", "1"), ("a", "01"), ("a", "-"), ("a", "0", "0", "x")])
def test_descend_names_the_token_that_leads_nowhere(tokens: tuple[str, ...]) -> None:
    with pytest.raises(KeyError) as raised:
        descend({"a": [{"0": "x"}]}, tokens)
    assert raised.value.args == (tokens[-1],)
