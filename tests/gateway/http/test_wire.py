from gateway.http.wire import request_head, response_head
from gateway.verdicts import Header


def request(
    *headers: Header,
    restrict_coding: bool = True,
    length: int | None = None,
    declared: frozenset[bytes] = frozenset(),
) -> bytes:
    return request_head(
        b"GET", b"/a?b", b"up:9", b"x-forwarded-for: 1.2.3.4\r\n", list(headers),
        length=length, consumer=b"c1", restrict_coding=restrict_coding, declared=declared,
    )  # fmt: skip


def test_a_request_is_written_anew() -> None:
    written = request((b"host", b"gateway"), (b"accept", b"*/*"), length=5)
    assert written == (
        b"GET /a?b HTTP/1.1\r\nhost: up:9\r\nx-forwarded-for: 1.2.3.4\r\naccept: */*\r\n"
        b"lading-consumer: c1\r\ncontent-length: 5\r\n\r\n"
    )


def test_what_belongs_to_one_connection_stays_behind() -> None:
    written = request(
        (b"connection", b"keep-alive, content-type"),
        (b"keep-alive", b"5"),
        (b"te", b"trailers"),
        (b"transfer-encoding", b"chunked"),
        (b"upgrade", b"h2c"),
        (b"content-type", b"text/plain"),
    )
    for gone in (b"connection", b"keep-alive", b"te:", b"transfer-encoding", b"upgrade"):
        assert gone not in written
    assert b"content-type: text/plain" in written


def test_nobody_can_say_for_us_where_a_call_comes_from_or_whose_it_is() -> None:
    written = request(
        (b"x-forwarded-for", b"6.6.6.6"), (b"forwarded", b"for=6.6.6.6"), (b"lading-consumer", b"admin")
    )
    assert b"6.6.6.6" not in written
    assert b"admin" not in written
    for name in (
        b"lading_consumer",
        b"x_forwarded_for",
        b"x-forwarded_for",
        b"transfer_encoding",
        b"content_length",
    ):
        assert name not in request((name, b"6.6.6.6"))


def test_nobody_can_make_a_call_another_one_unless_the_contract_says_so() -> None:
    fields = ((b"x-http-method-override", b"DELETE"), (b"x-original-url", b"/admin"))
    assert b"DELETE" not in request(*fields)
    assert b"/admin" not in request(*fields)
    written = request(*fields, declared=frozenset({b"x-http-method-override"}))
    assert b"x-http-method-override: DELETE\r\n" in written
    assert b"/admin" not in written


def test_our_keys_do_not_reach_the_upstream_and_others_do() -> None:
    ours = b"lk_k1a2b3c4_" + b"s" * 43
    written = request((b"x-api-key", ours), (b"authorization", b"Bearer " + ours))
    assert ours not in written
    theirs = request((b"x-api-key", b"theirs"), (b"authorization", b"Bearer eyJ"))
    assert b"x-api-key: theirs" in theirs
    assert b"authorization: Bearer eyJ" in theirs


def test_content_codings_are_restricted_only_where_responses_are_judged() -> None:
    coding = (b"accept-encoding", b"br, compress")
    assert b"accept-encoding: br, compress\r\n" in request(coding, restrict_coding=False)
    assert b"accept-encoding: br\r\n" in request(coding)
    assert b"accept-encoding" not in request()


def test_a_response_head() -> None:
    written = response_head(
        200,
        [(b"content-type", b"a/b"), (b"content-length", b"99"), (b"connection", b"x-hop"), (b"x-hop", b"1")],
        ((b"sunset", b"s"),),
        length=5,
        chunked=False,
        close=True,
    )
    assert written == (
        b"HTTP/1.1 200 OK\r\ncontent-type: a/b\r\nsunset: s\r\ncontent-length: 5\r\nconnection: close\r\n\r\n"
    )
    assert response_head(299, [], (), length=None, chunked=True, close=False) == (
        b"HTTP/1.1 299 \r\ntransfer-encoding: chunked\r\n\r\n"
    )
