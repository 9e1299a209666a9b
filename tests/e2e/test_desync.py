"""No request reaches an upstream in another shape than it was judged, however its bytes are written."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from .desync import Gateway, Message, by_another, gateway, leniently, strictly
from .requests_read_twice import SMUGGLED, streams

EXAMPLES = int(os.environ.get("LADING_EXAMPLES", "400"))
FORGEABLE = frozenset(
    b"transfer-encoding keep-alive trailer upgrade expect http2-settings lading-consumer forwarded x-real-ip "
    b"x-http-method-override x-http-method x-method-override x-original-url x-rewrite-url".split()
)
"""Fields that would make the upstream read a request otherwise, or take it for someone else's."""
TRAILERS = frozenset({(b"te", b"trailers"), (b"connection", b"te")})
"""By which the gateway asks for trailers, where the caller does."""
SINGLE = frozenset(b"host content-length via x-forwarded-for x-forwarded-proto x-forwarded-host".split())
MATTER = frozenset(b"content-type x-must accept authorization".split())


@pytest.fixture(scope="module")
def running() -> Iterator[Gateway]:
    with gateway() as made:
        yield made


def reached(running: Gateway, pieces: list[bytes]) -> list[Message]:
    """The requests that reached the upstream, after all that must hold of them was looked at."""
    course = running.send(pieces)
    sent: list[Message] = []
    for raw in course.sent:
        strict, lenient = strictly(raw), leniently(raw)
        assert [one.shape for one in strict] == [one.shape for one in lenient], raw
        for message in lenient:
            names = [name for name, _ in message.fields]
            assert not FORGEABLE & set(names), raw
            assert _of(message, frozenset({b"te", b"connection"})) <= TRAILERS, raw
            assert all(names.count(name) <= 1 for name in SINGLE), raw
        sent += strict
    assert sorted(one.shape for one in sent) == sorted(one.shape for one in course.judged), course
    for one, judged in zip(sorted(sent, key=_key), sorted(course.judged, key=_key), strict=True):
        assert _of(one, MATTER) == _of(judged, MATTER)
    others = [(one.method, one.body) for one in by_another(b"".join(pieces))]
    for judged in course.judged:
        assert (judged.method, judged.body) in others, (others, course)
    return sent


def _key(message: Message) -> object:
    return message.shape, sorted(_of(message, MATTER))


def _of(message: Message, names: frozenset[bytes]) -> set[tuple[bytes, bytes]]:
    return {(name, value) for name, value in message.fields if name in names}


@pytest.mark.timeout(max(180, EXAMPLES // 10))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(streams())
def test_what_is_sent_on_is_what_was_judged(running: Gateway, pieces: list[bytes]) -> None:
    for message in reached(running, pieces):
        assert message.target.startswith(b"/orders")


HEAD = b"POST /orders HTTP/1.1\r\nHost: gateway\r\nX-Must: 1\r\nContent-Type: application/octet-stream\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + CHUNKED + b"Content-Length: %d\r\n\r\n0\r\n\r\n" % (5 + len(SMUGGLED)) + SMUGGLED,
        HEAD + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + b"X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + b" Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED,
        HEAD + b"Content-Length: 0, %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED,
        HEAD + b"Content-Length: +%d\r\n\r\n" % len(SMUGGLED) + SMUGGLED,
        HEAD + CHUNKED + b"\r\n0x0\r\n\r\n" + SMUGGLED,
        HEAD + CHUNKED + b"\r\n2\nab\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + CHUNKED + b"\r\n2\r\nabX0\r\n\r\n" + SMUGGLED,
        HEAD + CHUNKED + b"\r\n100000000000000002\r\nab\r\n0\r\n\r\n" + SMUGGLED,
        HEAD + CHUNKED + b"\r\n0\r\nContent-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED,
        HEAD.replace(b" HTTP/1.1", b"HTTP/1.1") + b"Content-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED,
        HEAD.replace(b"1.1", b"1.0") + CHUNKED + b"\r\n0\r\n\r\n" + SMUGGLED,
    ],
)
def test_bodies_with_two_ends_are_refused(running: Gateway, raw: bytes) -> None:
    course = running.send([raw])
    assert course.answer.split()[1] in (b"400", b"501", b"505")
    assert course.judged == ()
    assert b"".join(course.sent) == b""


def test_a_body_that_is_a_request_stays_a_body(running: Gateway) -> None:
    for framed in (
        b"Content-Length: %d\r\n\r\n%s" % (len(SMUGGLED), SMUGGLED),
        CHUNKED + b"\r\n%x\r\n%s\r\n0\r\nX-Must: 9\r\n\r\n" % (len(SMUGGLED), SMUGGLED),
    ):
        (sent,) = reached(running, [HEAD + framed])
        assert sent.body == SMUGGLED


@pytest.mark.parametrize(
    "field",
    [
        b"Lading_Consumer: admin",
        b"Transfer_Encoding: chunked",
        b"Content_Length: 0",
        b"X_Forwarded-For: 6.6.6.6",
        b"X-HTTP-Method-Override: DELETE",
        b"X_HTTP-Method_Override: DELETE",
        b"X-Original-URL: /admin",
    ],
)
def test_fields_that_would_make_it_another_request_stay_behind(running: Gateway, field: bytes) -> None:
    (sent,) = reached(running, [HEAD + field + b"\r\nContent-Length: 2\r\n\r\n{}"])
    assert field.partition(b":")[0].lower() not in [name for name, _ in sent.fields]


def test_a_field_that_goes_no_further_is_not_judged_either(running: Gateway) -> None:
    course = running.send([HEAD + b"Connection: close, X-Must\r\nContent-Length: 2\r\n\r\n{}"])
    assert b" 400 " in course.answer.splitlines()[0]
    assert b"X-Must" in course.answer
    assert course.judged == ()


def test_what_came_before_garbage_is_still_answered(running: Gateway) -> None:
    get = b"GET /orders HTTP/1.1\r\nHost: gateway\r\n\r\n"
    course = running.send([get + get + b"garbage\r\n\r\n"])
    assert course.answer.count(b"HTTP/1.1 200") == 2
    assert len(course.judged) == 2
