import asyncio
import contextlib
import ipaddress
import socket
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.http.entrance import Entrance
from gateway.http.forwarding import Proxies
from gateway.http.runtime import Timeouts
from gateway.verdicts import Bounds
from tests.gateway.world import GOOD, HEADERS, answering, orders, running, until

OK = answering(200, b"[]")
GET = b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n"


def sent(raw: bytes, **options: Any) -> tuple[bytes, list[bytes], list[bytes]]:
    """What comes back for bytes, and the heads and bodies that the upstream saw."""
    bounds = options.pop("bounds", Bounds())

    async def scenario() -> tuple[bytes, list[bytes], list[bytes]]:
        async with running(
            options.pop("handler", OK), lambda url: orders(url, bounds=bounds), **options
        ) as gateway:
            answer = b""
            with contextlib.suppress(ConnectionError):
                answer = await gateway.exchange(raw)
            return answer, gateway.seen.heads, gateway.seen.bodies

    return asyncio.run(scenario())


def statuses(answer: bytes) -> list[int]:
    return [
        int(line.split()[1])
        for line in answer.split(b"\r\n")
        if line.startswith(b"HTTP/1.1 ") or b"HTTP/1.1 " in line[2:11]
    ]


def test_several_requests_on_one_connection_are_answered_in_order() -> None:
    answer, heads, _ = sent(GET + b"GET /erp/v1/nothing HTTP/1.1\r\nhost: a\r\n\r\n" + GET)
    assert [int(part.split()[0]) for part in answer.split(b"HTTP/1.1 ")[1:]] == [200, 404, 200]
    assert len(heads) == 2


def test_a_chunked_body_reaches_the_upstream_with_a_length() -> None:
    head = b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n" + b"".join(
        b"%s: %s\r\n" % pair for pair in HEADERS
    )
    chunks = b"%x;ext=1\r\n%s\r\n%x\r\n%s\r\n0\r\nx-api-key: trailer\r\n\r\n" % (
        5,
        GOOD[:5],
        len(GOOD) - 5,
        GOOD[5:],
    )
    answer, heads, bodies = sent(head + b"\r\n" + chunks, handler=answering(201, GOOD))
    assert answer.startswith(b"HTTP/1.1 201")
    assert bodies == [GOOD]
    assert b"content-length: %d" % len(GOOD) in heads[0]
    assert b"trailer" not in heads[0]


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /erp/v1/orders HTTP/1.1\r\n\r\n", 400),
        (
            b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
        ),
        (
            b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc",
            400,
        ),
        (b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\nx : y\r\n\r\n", 400),
        (b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n folded: y\r\n\r\n", 400),
        (b"GET /erp/v1/orders HTTP/1.1\nhost: a\n\n", 400),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nhost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nhost: a\r\n" + b"x: " + b"y" * 70_000 + b"\r\n\r\n", 431),
        (
            b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            501,
        ),
    ],
)
def test_what_is_no_request_is_answered_once_and_the_connection_ends(raw: bytes, status: int) -> None:
    answer, heads, _ = sent(raw + GET)
    assert answer.startswith(b"HTTP/1.1 %d" % status)
    assert b"connection: close" in answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert heads == []


def test_a_body_beyond_the_bound_is_not_read() -> None:
    head = b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: 5000\r\n\r\n"
    answer, heads, _ = sent(head + b"x" * 5000, bounds=Bounds(request_body=1000))
    assert answer.startswith(b"HTTP/1.1 413")
    assert heads == []


def test_a_refused_request_is_read_to_its_end_and_the_next_one_answered() -> None:
    head = b"POST /erp/v1/nothing HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n0123456789"
    answer, heads, _ = sent(head + GET)
    assert [int(part.split()[0]) for part in answer.split(b"HTTP/1.1 ")[1:]] == [404, 200]
    assert len(heads) == 1


def test_100_continue_comes_only_where_the_body_is_wanted() -> None:
    fields = b"".join(b"%s: %s\r\n" % pair for pair in HEADERS)
    wanted = (
        b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\n%scontent-length: %d\r\n\r\n%s"
        % (fields, len(GOOD), GOOD)
    )
    answer, heads, _ = sent(wanted, handler=answering(201, GOOD))
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201")
    assert b"expect" not in heads[0]
    refused, heads, _ = sent(wanted.replace(b"/erp/v1/orders", b"/erp/v1/nothing"))
    assert refused.startswith(b"HTTP/1.1 404")
    assert b"100 Continue" not in refused


def test_http_1_0_is_answered_and_closed() -> None:
    answer, _, _ = sent(b"GET /erp/v1/orders HTTP/1.0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"connection: close" in answer


def test_each_answer_on_a_connection_is_framed_for_the_version_of_its_request() -> None:
    """A request of HTTP/1.0 that comes behind does not take the chunks away from the one before."""

    async def streams(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        writer.write(b"5\r\none\n\n\r\n0\r\n\r\n")

    get = b"GET /erp/v1/orders HTTP/1.%d\r\nhost: a\r\n\r\n"
    answer, _, _ = sent(get % 1 + get % 0, handler=streams)
    first, second = answer.split(b"HTTP/1.1 200")[1:]
    assert first.endswith(b"\r\n\r\n5\r\none\n\n\r\n0\r\n\r\n")
    assert second.endswith(b"\r\n\r\none\n\n")
    assert b"transfer-encoding" not in second


def test_an_upgrade_is_not_followed() -> None:
    answer, heads, _ = sent(
        b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AA\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"upgrade" not in heads[0]
    assert b"http2-settings" not in heads[0]


def test_slow_clients_are_not_waited_for() -> None:
    async def scenario() -> bytes:
        async with running(OK, timeouts=Timeouts(head=-1.0)) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(b"GET /erp/v1/orders HTTP/1.1\r\nhost: ")
            await until(lambda: gateway.runtime.fronts)
            await asyncio.sleep(0.05)
            gateway.runtime.sweep()
            answer = await reader.read()
            writer.close()
            return answer

    assert asyncio.run(scenario()).startswith(b"HTTP/1.1 408")


def test_a_connection_that_stays_idle_is_closed_without_a_word() -> None:
    """An answer that nobody asked for could be taken for that of the next call."""

    async def scenario() -> tuple[bytes, dict[str, int]]:
        async with running(OK, timeouts=Timeouts(idle=-1.0)) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n[]")
            gateway.runtime.sweep()
            rest = await reader.read()
            writer.close()
            return rest, gateway.runtime.bad_requests

    assert asyncio.run(scenario()) == (b"", {})


def test_a_caller_that_goes_away_frees_the_upstream() -> None:
    arrived = asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await reader.read()  # until the gateway gives the connection up

    async def scenario() -> int:
        async with running(handle) as gateway:
            _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(GET)
            await arrived.wait()
            # With a reset, as when its process dies; one that only ends its sending may still listen.
            writer.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )
            writer.transport.abort()
            await gateway.runtime.empty.wait()
            (endpoint,) = gateway.runtime.groups.endpoints
            await until(lambda: not endpoint.pool.counts["open"])
            return endpoint.pool.counts["idle"]

    assert asyncio.run(scenario()) == 0


class Held:
    """An upstream that answers when it is told to, and knows when the gateway has given a call up."""

    def __init__(self) -> None:
        self.arrived, self.answer, self.given_up = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def __call__(self, _: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.arrived.set()
        over = asyncio.ensure_future(reader.read())
        told = asyncio.ensure_future(self.answer.wait())
        done, waiting = await asyncio.wait((over, told), return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        if over in done:
            self.given_up.set()
            return
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]")
        await writer.drain()


INCOMPLETE = b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: 500\r\n\r\n{"


def test_a_caller_that_ends_its_sending_side_gets_the_answer_to_what_was_complete() -> None:
    held = Held()

    async def scenario() -> tuple[bytes, list[bytes]]:
        async with running(held) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(GET + INCOMPLETE)
            writer.write_eof()
            await held.arrived.wait()
            held.answer.set()
            answer = await reader.read()
            writer.close()
            await gateway.runtime.empty.wait()
            return answer, gateway.seen.heads

    answer, heads = asyncio.run(scenario())
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"\r\nconnection: close\r\n" in answer
    assert len(heads) == 1
    assert not held.given_up.is_set()


def test_a_caller_that_ends_its_sending_side_is_gone_where_that_is_said() -> None:
    held = Held()

    async def scenario() -> bytes:
        async with running(held, entrance=Entrance(half_closed="end")) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(GET)
            await held.arrived.wait()
            writer.write_eof()
            answer = await reader.read()
            await held.given_up.wait()
            await gateway.runtime.empty.wait()
            writer.close()
            return answer

    assert asyncio.run(scenario()) == b""


@pytest.mark.parametrize("choice", ["answer", "end"])
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GET /erp/v1/orders HTTP/1.1\r\nhost:",
        INCOMPLETE,
        INCOMPLETE.replace(b"content-length: 500", b"transfer-encoding: chunked").replace(b"{", b"5\r\nab"),
        INCOMPLETE.replace(b"host: a", b"host: a\r\nexpect: 100-continue"),
        INCOMPLETE.replace(b"orders", b"nothing"),
    ],
)
def test_a_half_closed_request_that_is_not_complete_is_ended_at_once(choice: Any, raw: bytes) -> None:
    answer, heads, _ = sent(
        raw, entrance=Entrance(half_closed=choice), timeouts=Timeouts(head=3600.0, body=3600.0)
    )
    assert answer in (b"", b"HTTP/1.1 100 Continue\r\n\r\n")
    assert heads == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [b"GET /erp/v1/orders HTTP/1.1", b"POST /erp/v1/orders HTTP/1.1", b"\r\n", b"\n", b"host: a", b"content-length: 5",
             b"transfer-encoding: chunked", b"transfer-encoding:\tchunked", b" x", b"0", b"5", b"hello", b"\x00", b": ", b"GET / HTTP/1.1"]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_no_bytes_reach_the_upstream_in_another_shape_than_they_were_judged(pieces: list[bytes]) -> None:
    _, heads, bodies = sent(b"".join(pieces))
    for head, body in zip(heads, bodies, strict=True):
        assert head.startswith(
            (
                b"GET /erp/v1/orders HTTP/1.1\r\nhost: 127.0.0.1:",
                b"POST /erp/v1/orders HTTP/1.1\r\nhost: 127.0.0.1:",
            )
        )
        assert b"transfer-encoding" not in head
        assert head.count(b"\r\n\r\n") == 1
        assert head.count(b"content-length") == (
            1 if body or head.startswith(b"POST") else head.count(b"content-length: 0")
        )


def test_http_1_1_goes_on_after_an_upgrade_that_is_not_followed() -> None:
    asking = b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
    answer, heads, _ = sent(asking + GET + asking * 40 + GET)
    assert answer.count(b"HTTP/1.1 200") == 43
    assert len(heads) == 43
    answer, heads, _ = sent(asking + b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert [int(part.split()[0]) for part in answer.split(b"HTTP/1.1 ")[1:]] == [200]
    assert len(heads) == 1


@pytest.mark.parametrize(("choice", "status"), [("drop", 201), ("refuse", 400)])
def test_trailers_of_requests_never_go_on(choice: Any, status: int) -> None:
    head = b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n" + b"".join(
        b"%s: %s\r\n" % pair for pair in HEADERS
    )
    raw = head + b"\r\n%x\r\n%s\r\n0\r\nx-api-key: planted\r\n\r\n" % (len(GOOD), GOOD)
    answer, heads, _ = sent(raw, handler=answering(201, GOOD), entrance=Entrance(trailers=choice))
    assert answer.startswith(b"HTTP/1.1 %d" % status)
    assert len(heads) == (status == 201)
    assert all(b"planted" not in head for head in heads)


def test_trusted_proxies_say_where_a_call_comes_from() -> None:
    proxies = Proxies((ipaddress.ip_network("127.0.0.0/8"),))
    raw = b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\nx-forwarded-for: 192.0.2.7\r\nx-forwarded-proto: https\r\n\r\n"
    _, heads, _ = sent(raw, entrance=Entrance(proxies=proxies))
    assert b"x-forwarded-for: 192.0.2.7, 127.0.0.1\r\nx-forwarded-proto: https\r\n" in heads[0]
    _, heads, _ = sent(raw)
    assert b"x-forwarded-for: 127.0.0.1\r\nx-forwarded-proto: http\r\n" in heads[0]
