import httptools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.http.wire import request_head
from gateway.http2.head import Head, Malformed, check, is_trailers
from gateway.verdicts import Header, Refusal

PSEUDO: list[Header] = [
    (b":method", b"GET"), (b":scheme", b"https"), (b":authority", b"api.example"), (b":path", b"/orders?limit=1"),
]  # fmt: skip


def without(name: bytes) -> list[Header]:
    return [held for held in PSEUDO if held[0] != name]


def test_a_head_says_what_one_of_http_1_1_would() -> None:
    head = check([*PSEUDO, (b"accept", b"a"), (b"accept", b"b"), (b"content-length", b"07")])
    assert isinstance(head, Head)
    assert (head.method, head.path, head.query, head.host) == ("GET", b"/orders", b"limit=1", b"api.example")
    assert head.headers[0] == (b"host", b"api.example")
    assert head.fields[b"accept"] == b"a, b"
    assert head.length == 7


def test_host_may_stand_for_the_authority_and_must_not_differ() -> None:
    head = check([*without(b":authority"), (b"host", b"api.example")])
    assert isinstance(head, Head)
    assert head.host == b"api.example"
    same = check([*PSEUDO, (b"host", b"API.example")])
    assert isinstance(same, Head)
    assert [held for held in same.headers if held[0] == b"host"] == [(b"host", b"api.example")]


@pytest.mark.parametrize(
    "received",
    [
        without(b":method"),
        without(b":scheme"),
        without(b":path"),
        without(b":authority"),
        [*PSEUDO, (b"host", b"other.example")],
        [*without(b":authority"), (b"host", b"a"), (b"host", b"b")],
        [*PSEUDO, (b":method", b"GET")],
        [*PSEUDO, (b":protocol", b"websocket")],
        [*PSEUDO, (b":status", b"200")],
        [PSEUDO[0], (b"accept", b"a"), *PSEUDO[1:]],
        [*without(b":path"), (b":path", b"")],
        [*without(b":path"), (b":path", b"*")],
        [*without(b":path"), (b":path", b"orders")],
        [*without(b":path"), (b":path", b"/a b")],
        [*without(b":path"), (b":path", b"/a#b")],
        [*without(b":path"), (b":path", b"/a\r\nx: y")],
        [*without(b":path"), (b":path", b"https://api.example/orders")],
        [*without(b":scheme"), (b":scheme", b"file")],
        [*without(b":authority"), (b":authority", b"user@api.example")],
        [*without(b":authority"), (b":authority", b"api.example/x")],
        [*without(b":authority"), (b":authority", b"")],
        [*without(b":method"), (b":method", b"GET /x")],
        [*without(b":method"), (b":method", b"CONNECT")],
        [*PSEUDO, (b"Accept", b"a")],
        [*PSEUDO, (b"", b"a")],
        [*PSEUDO, (b"a b", b"a")],
        [*PSEUDO, (b"a:b", b"a")],
        [*PSEUDO, (b"x", b"a\r\nb: c")],
        [*PSEUDO, (b"x", b"a\nb")],
        [*PSEUDO, (b"x", b"a\0b")],
        [*PSEUDO, (b"x", b" a")],
        [*PSEUDO, (b"x", b"a\t")],
        [*PSEUDO, (b"x", b"\x7f")],
        [*PSEUDO, (b"connection", b"close")],
        [*PSEUDO, (b"transfer-encoding", b"chunked")],
        [*PSEUDO, (b"upgrade", b"websocket")],
        [*PSEUDO, (b"keep-alive", b"1")],
        [*PSEUDO, (b"proxy-connection", b"close")],
        [*PSEUDO, (b"te", b"gzip")],
        [*PSEUDO, (b"content-length", b"1"), (b"content-length", b"1")],
        [*PSEUDO, (b"content-length", b"+1")],
        [*PSEUDO, (b"content-type", b"a/b"), (b"content-type", b"c/d")],
        [*PSEUDO, (b"authorization", b"a"), (b"authorization", b"b")],
    ],
    ids=str,
)
def test_what_section_8_calls_malformed_is_refused(received: list[Header]) -> None:
    found = check(received)
    assert isinstance(found, Malformed) or (isinstance(found, Refusal) and found.status == 400)


@pytest.mark.parametrize(
    "received",
    [
        [*PSEUDO, (b"host", b"other.example")],
        [*without(b":path"), (b":path", b"/a#b")],
        [*without(b":method"), (b":method", b"CONNECT")],
    ],
    ids=str,
)
def test_what_http_1_1_would_refuse_too_is_answered(received: list[Header]) -> None:
    assert isinstance(check(received), Refusal)


@pytest.mark.parametrize(
    "received", [[*PSEUDO, (b"X", b"1")], without(b":scheme"), [*PSEUDO, (b"connection", b"close")]], ids=str
)
def test_what_is_no_http_2_is_malformed(received: list[Header]) -> None:
    assert isinstance(check(received), Malformed)


def test_te_may_say_trailers() -> None:
    assert isinstance(check([*PSEUDO, (b"te", b"trailers")]), Head)


def test_trailers_have_no_pseudo_fields() -> None:
    assert is_trailers([(b"x-sum", b"1")])
    assert not is_trailers([(b":path", b"/")])
    assert not is_trailers([(b"X", b"1")])
    assert not is_trailers([(b"x", b"1\r\n")])


_TEXT = st.binary(max_size=12) | st.sampled_from(
    [
        b"GET",
        b"/orders",
        b"/a?b",
        b"http",
        b"api.example",
        b"1",
        b"chunked",
        b"trailers",
        b"x\r\ny: z",
        b" ",
        b"\x00",
    ]
)
_NAMES = st.binary(max_size=8) | st.sampled_from(
    [
        b":method", b":path", b":scheme", b":authority", b"host", b"content-length", b"transfer-encoding", b"cookie",
        b"connection", b"te", b"x", b"content-type",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.lists(st.tuples(_NAMES, _TEXT), max_size=5), st.booleans())
def test_nothing_that_passes_is_read_differently_in_http_1_1(fields: list[Header], well: bool) -> None:
    """What goes on to the upstream is one request, with the fields that were judged and no others."""
    head = check([*PSEUDO, *fields] if well else fields)
    if not isinstance(head, Head):
        return
    raw = request_head(
        head.method.encode(), head.path, b"upstream", b"", head.headers, length=None, consumer=None, restrict_coding=False
    )  # fmt: skip
    seen = _Parsed()
    parser = httptools.HttpRequestParser(seen)
    parser.feed_data(raw)
    assert (seen.begun, seen.ended) == (1, 1)
    assert parser.get_method() == head.method.encode()
    assert seen.url == head.path
    kept = [held for held in head.headers if held[0] in dict(seen.headers)]
    assert [(name.lower(), value) for name, value in seen.headers][1:] == [
        held for held in kept if held[0] != b"host"
    ]


class _Parsed:
    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.url = b""
        self.headers: list[Header] = []

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))

    def on_message_complete(self) -> None:
        self.ended += 1


CONNECT = [(b":method", b"CONNECT"), (b":protocol", b"websocket"), *PSEUDO[1:]]


def test_a_websocket_is_asked_for_as_a_get_where_it_was_offered() -> None:
    head = check(CONNECT, websockets=True)
    assert isinstance(head, Head)
    assert (head.method, head.path, head.websocket) == ("GET", b"/orders", True)
    assert isinstance(check(CONNECT), Malformed)
    ordinary = check(PSEUDO, websockets=True)
    assert isinstance(ordinary, Head)
    assert not ordinary.websocket


@pytest.mark.parametrize(
    ("received", "status"),
    [
        ([CONNECT[0], *PSEUDO[2:3]], 400),
        ([CONNECT[0], (b":protocol", b"connect-ip"), *PSEUDO[1:]], 501),
        ([(b":protocol", b"websocket"), *PSEUDO], None),
        (CONNECT[:-1], None),
        ([*CONNECT, (b":protocol", b"websocket")], None),
        ([*CONNECT, (b"upgrade", b"websocket")], None),
    ],
)
def test_any_other_connect_is_refused(received: list[Header], status: int | None) -> None:
    found = check(received, websockets=True)
    assert (found.status if isinstance(found, Refusal) else None) == status
    assert isinstance(found, (Refusal, Malformed))
