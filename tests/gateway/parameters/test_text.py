from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.malformed import Malformed
from gateway.parameters.text import decode, parse_query


@given(st.text(max_size=30))
def test_what_was_encoded_is_decoded(text: str) -> None:
    assert decode(quote(text, safe="")) == text


def test_a_plus_is_a_space_in_forms_only() -> None:
    assert decode("a+b%2B", plus=True) == "a b+"
    assert decode("a+b") == "a+b"


@pytest.mark.parametrize(
    ("text", "code"), [("%zz", "percent-encoding"), ("%2", "percent-encoding"), ("%ff", "encoding")]
)
def test_broken_encodings_are_malformed(text: str, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        decode(text)
    assert caught.value.code == code


@given(st.lists(st.tuples(st.text(min_size=1, max_size=5), st.text(max_size=5)), max_size=6))
def test_queries_keep_names_values_and_order(pairs: list[tuple[str, str]]) -> None:
    query = parse_query(urlencode(pairs).encode(), 100)
    assert [(name, decode(value, plus=True)) for name, value in query.pairs] == pairs


def test_values_stay_encoded_names_do_not() -> None:
    assert parse_query(b"a%5Bb%5D=x%2Cy&c&&d=", 10).pairs == [("a[b]", "x%2Cy"), ("c", ""), ("d", "")]


def test_there_is_an_end_to_parameters() -> None:
    with pytest.raises(Malformed):
        parse_query(b"a=1&" * 11, 10)
