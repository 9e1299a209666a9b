import gzip
import sys
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.bodies.codings import TooLarge, UnknownCoding, decoded, restricted
from gateway.malformed import Malformed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@given(st.binary(max_size=500))
def test_what_was_encoded_comes_back(body: bytes) -> None:
    assert decoded(gzip.compress(body), "gzip", 1000) == body
    assert decoded(zlib.compress(body), "deflate", 1000) == body
    raw = zlib.compressobj(wbits=-15)
    assert decoded(raw.compress(body) + raw.flush(), "deflate", 1000) == body
    assert decoded(gzip.compress(zlib.compress(body)), "deflate, gzip", 2000) == body
    assert decoded(brotli.compress(body), "br", 1000) == body
    assert decoded(zstd.compress(body), "zstd", 1000) == body
    assert decoded(body, "identity", 1000) == body


COMPRESS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}


@pytest.mark.parametrize("name", COMPRESS)
def test_a_bomb_stops_at_the_bound(name: str) -> None:
    bomb = COMPRESS[name](b"0" * 10_000_000)
    with pytest.raises(TooLarge):
        decoded(bomb, name, 1_000_000)
    assert len(decoded(bomb, name, 10_000_000)) == 10_000_000


@pytest.mark.parametrize("name", COMPRESS)
def test_broken_data_is_malformed(name: str) -> None:
    good = COMPRESS[name](b"x" * 100)
    for bad in (b"", b"not encoded at all", good[:-1], good + b"more"):
        with pytest.raises(Malformed):
            decoded(bad, name, 1000)


def test_a_window_of_zstd_that_is_larger_than_content_codings_may_have_is_refused() -> None:
    large = zstd.compress(b"x" * 100, options={zstd.CompressionParameter.window_log: 27})
    assert decoded(large, "zstd", 1000)  # a single segment is as large as its content, whatever the window is
    engine = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    streamed = engine.compress(b"x" * 100) + engine.flush()
    with pytest.raises(Malformed):
        decoded(streamed, "zstd", 1000)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (b"gzip, deflate, br, zstd", b"gzip, deflate, br, zstd"),
        (b"compress, GZIP;q=0.5 , *", b"GZIP;q=0.5"),
        (b"identity", b"identity"),
        (b"compress", b"identity"),
        (b"", b"identity"),
    ],
)
def test_upstreams_are_asked_for_codings_that_the_caller_wants_and_that_can_be_undone(
    given: bytes, sent: bytes
) -> None:
    assert restricted(given) == sent


def test_unknown_codings_and_towers_of_them() -> None:
    with pytest.raises(UnknownCoding):
        decoded(b"", "compress", 10)
    with pytest.raises(Malformed):
        decoded(b"", "gzip, gzip, gzip", 10)
