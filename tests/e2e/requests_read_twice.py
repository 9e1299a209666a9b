"""Requests that are written to be read in two ways: heads, framing, chunks and fields, mutated byte by byte."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

SMUGGLED = b"GET /admin HTTP/1.1\r\nHost: gateway\r\n\r\n"
_ODD_IN = 12
"""One of so many choices is an odd one, so that most requests are odd in one or two places."""
_METHODS = (b"get", b"POST ", b"PO ST", b"GET\t", b"\x00POST", b"POST\x0b")
_TARGETS = (
    b"http://gateway/orders", b"http://other/orders", b"/admin", b"/orders/../admin", b"/orders/%2e%2e/admin", b"//admin", b"*",
    b"/orders/..;/admin", b"/orders?q=a b", b"/orders?q=1#x", b"/orders/a%2Fb", b"/orders%00", b"/orders\x0badmin", b"/orders\xff",
    b"admin", b"/orders?q=%0d%0aX:%20y", b"/orders/a%0d%0ab", b"/orders\\admin", b"http://gateway@other/orders",
)  # fmt: skip
_VERSIONS = (
    b"HTTP/1.0",
    b"HTTP/1.2",
    b"HTTP/2.0",
    b"http/1.1",
    b"HTTP/1.1 ",
    b"HTTP/01.1",
    b"HTTP/1.1\x0b",
    b"",
)
_LENGTHS = (
    b"0%d", b"+%d", b" %d", b"%d ", b"%d, %d", b"%d;", b"0x%x", b"%d.0", b"-%d", b"%d\x00", b"\x0b%d", b"", b"%d\t", b"%d_0",
)  # fmt: skip
_CODINGS = (
    b"Chunked", b"chunked, identity", b"identity, chunked", b"gzip, chunked", b"xchunked", b"chunked\x00", b"\x0bchunked",
    b"chunked;a=b", b'"chunked"', b"chunked,", b"chunked\r\n ", b"chun\x00ked", b"identity", b"chunked, chunked", b"\tchunked\t",
)  # fmt: skip
_LENGTH_NAMES = (
    b"Content_Length", b"Content-Length ", b"Content-\tLength", b"\x0bContent-Length", b"content-length", b"Content-Length\x00",
)  # fmt: skip
_CODING_NAMES = (
    b"Transfer_Encoding",
    b"Transfer-Encoding ",
    b" Transfer-Encoding",
    b"transfer-encoding",
    b"Transfer-Encoding\x00",
)
_FIELDS = (
    (b"Lading_Consumer", b"admin"), (b"lading-consumer", b"admin"), (b"X_Forwarded_For", b"6.6.6.6"), (b"X-Forwarded_Host", b"x"),
    (b"Connection", b"x-must"), (b"Connection", b"content-length, host"), (b"Connection", b"close, X-Must"),
    (b"Connection", b"transfer-encoding"), (b"Connection", b"keep-alive, content-type"), (b"Connection", b"close"),
    (b"X-HTTP-Method-Override", b"DELETE"), (b"X-Original-URL", b"/admin"), (b"X-Rewrite-URL", b"/admin"), (b"X_Method-Override", b"PUT"),
    (b"Expect", b"100-continue"), (b"Expect", b"x"), (b"Upgrade", b"h2c"), (b"Upgrade", b"websocket"), (b"TE", b"trailers"),
    (b"Trailer", b"X-Must"), (b"Host", b"other"), (b"X-Must", b"2"), (b"X", b"a\rb"), (b"X", b"a\nTransfer-Encoding: chunked"),
    (b"X", b"\x00"), (b"X", b"a\r\n b"), (b"X", b"\xff\x80"), (b"", b"x"), (b"X Y", b"z"), (b"Keep-Alive", b"5"), (b"HTTP2-Settings", b"AAM"),
    (b"Content-Length", b"0"), (b"Transfer-Encoding", b"chunked"), (b"Content-Type", b"application/json"), (b"Content-Encoding", b"gzip"),
)  # fmt: skip
_SIZES = (
    b"%X", b"0%x", b"%x;a=b", b'%x;a="\r\n"', b"%x ", b" %x", b"0x%x", b"+%x", b"%x\t", b"%x;\n", b"%x\x00", b"%x, 0", b"fffffffffffffff%x", b"",
)  # fmt: skip
_ENDS = (b"\n", b"\r", b"\r\n\r\n", b"\r\r\n", b"", b" \r\n", b"\x0b\r\n")
_LASTS = (b"000", b"0;x", b"0 ", b"-0", b"", b"0\x00")
_TRAILERS = (
    b"X-Must: 3\r\n",
    b"Content-Length: 9\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"bad\r\n",
    b" folded\r\n",
)
_CONTENTS = (b"", b"{}", b"abc", SMUGGLED, b"0\r\n\r\n" + SMUGGLED)
_TOKENS = (
    b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\x00", b" ", b"\t", b"\x0b", b"\x0c", b"\x85", b",", b";", b":", b"0", b"chunked", b"0\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\n", b"Host: other\r\n", SMUGGLED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutation:
    """At a place (a share of the whole): `token` goes in, and `drop` bytes go."""

    place: float
    token: bytes
    drop: int

    def applied(self, raw: bytes) -> bytes:
        index = int(self.place * len(raw))
        return raw[:index] + self.token + raw[index + self.drop :]


def _mostly(draw: st.DrawFn, usual: bytes, odd: tuple[bytes, ...]) -> bytes:
    return draw(st.sampled_from(odd)) if draw(st.integers(1, _ODD_IN)) == _ODD_IN else usual


@st.composite
def _chunked(draw: st.DrawFn) -> bytes:
    raw = b""
    for content in draw(st.lists(st.sampled_from(_CONTENTS[1:]), max_size=3)):
        size = _mostly(draw, b"%x", _SIZES)
        raw += size % ((len(content),) * size.count(b"%")) + _mostly(draw, b"\r\n", _ENDS)
        raw += content + _mostly(draw, b"\r\n", _ENDS)
    raw += _mostly(draw, b"0", _LASTS) + _mostly(draw, b"\r\n", _ENDS)
    return raw + _mostly(draw, b"", _TRAILERS) + _mostly(draw, b"\r\n", _ENDS)


def _length(draw: st.DrawFn, content: bytes) -> tuple[bytes, bytes]:
    stated = _mostly(draw, b"%d", _LENGTHS)
    length = max(0, len(content) + int(_mostly(draw, b"0", (b"-1", b"1", b"5"))))
    return _mostly(draw, b"Content-Length", _LENGTH_NAMES), stated % ((length,) * stated.count(b"%"))


@st.composite
def _request(draw: st.DrawFn) -> bytes:
    fields = [(b"Host", b"gateway"), (b"X-Must", b"1"), (b"Content-Type", b"application/octet-stream")]
    kind = draw(st.sampled_from(("none", "length", "chunks", "both")))
    content = b""
    if kind in ("chunks", "both"):
        content = draw(_chunked())
        fields.append(
            (_mostly(draw, b"Transfer-Encoding", _CODING_NAMES), _mostly(draw, b"chunked", _CODINGS))
        )
    elif kind == "length":
        content = draw(st.sampled_from(_CONTENTS))
    if kind == "length" or (kind == "both" and draw(st.integers(0, 3)) == 3):
        fields.append(_length(draw, content))
    if draw(st.integers(0, 3)) == 3:
        fields += draw(st.lists(st.sampled_from(_FIELDS), min_size=1, max_size=2))
        fields = draw(st.permutations(fields))
    method = _mostly(draw, b"GET" if kind == "none" else b"POST", _METHODS)
    target = _mostly(draw, draw(st.sampled_from((b"/orders", b"/orders?q=1"))), _TARGETS)
    line = b" ".join((method, target, _mostly(draw, b"HTTP/1.1", _VERSIONS))) + _mostly(draw, b"\r\n", _ENDS)
    ends = [_mostly(draw, b"\r\n", _ENDS) if draw(st.integers(0, 3)) == 3 else b"\r\n" for _ in fields]
    return (
        line
        + b"".join(b"%s: %s%s" % (*held, end) for held, end in zip(fields, ends, strict=True))
        + b"\r\n"
        + content
    )


_MUTATION = st.builds(
    Mutation, st.floats(0, 0.999), st.sampled_from(_TOKENS) | st.binary(max_size=3), st.integers(0, 3)
)


@st.composite
def streams(draw: st.DrawFn) -> list[bytes]:
    """The bytes of one connection, in the pieces in which they are sent."""
    raw = b"".join(draw(st.lists(_request(), min_size=1, max_size=3)))
    if draw(st.integers(0, 2)) == 2:
        for mutation in draw(st.lists(_MUTATION, min_size=1, max_size=2)):
            raw = mutation.applied(raw)
    cuts = sorted(int(place * len(raw)) for place in draw(st.lists(st.floats(0, 1), max_size=3)))
    return [raw[start:end] for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
