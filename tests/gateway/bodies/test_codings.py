import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.bodies.codings import TooLarge, UnknownCoding, decoded
from gateway.malformed import Malformed


@given(st.binary(max_size=500))
def test_what_was_encoded_comes_back(body: bytes) -> None:
    assert decoded(gzip.compress(body), "gzip", 1000) == body
    assert decoded(zlib.compress(body), "deflate", 1000) == body
    raw = zlib.compressobj(wbits=-15)
    assert decoded(raw.compress(body) + raw.flush(), "deflate", 1000) == body
    assert decoded(gzip.compress(zlib.compress(body)), "deflate, gzip", 2000) == body
    assert decoded(body, "identity", 1000) == body


def test_a_bomb_stops_at_the_bound() -> None:
    with pytest.raises(TooLarge):
        decoded(gzip.compress(b"0" * 10_000_000), "gzip", 1_000_000)


@pytest.mark.parametrize(
    "body", [b"no gzip", gzip.compress(b"x" * 100, mtime=0)[:-9], gzip.compress(b"x", mtime=0) + b"more"]
)
def test_broken_data_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        decoded(body, "gzip", 1000)


def test_unknown_codings_and_towers_of_them() -> None:
    with pytest.raises(UnknownCoding):
        decoded(b"", "br", 10)
    with pytest.raises(Malformed):
        decoded(b"", "gzip, gzip, gzip", 10)
