import asyncio
import contextlib
import errno
import ipaddress
import socket
import ssl
import struct
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import uvloop

from gateway.http import accepting
from gateway.http.accepting import Accepting
from gateway.http.entrance import Entrance, Http2
from gateway.http.forwarding import Proxies
from gateway.http.front import Front
from gateway.http.proxy_header import MOST
from gateway.http.runtime import Runtime, Timeouts
from gateway.http.server import bind
from gateway.http.tls import Pair, Tls
from tests.gateway.http2.speaking import Client
from tests.gateway.papers import Authority
from tests.gateway.world import Running, answering, orders, running, until

OK = answering(200, b"[]")
HERE = (ipaddress.ip_network("127.0.0.1"),)
ELSEWHERE = (ipaddress.ip_network("10.0.0.0/8"),)
REQUEST = b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\nx-forwarded-for: 6.6.6.6\r\n\r\n"
LINE = b"PROXY TCP4 198.51.100.7 192.0.2.9 56324 443\r\n"
BEGIN = b"\r\n\r\n\0\r\nQUIT\n"
BINARY = (
    BEGIN + b"\x21\x11\0\x13" + bytes([198, 51, 100, 7, 192, 0, 2, 9]) + b"\xdc\x04\x01\xbb" + b"\x04\0\4abcd"
)
SIX = BEGIN + b"\x21\x21\0\x24" + ipaddress.ip_address("2001:db8::7").packed * 2 + b"\xdc\x04\x01\xbb"
LOCAL = BEGIN + b"\x20\0\0\0"
Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(params=[asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Run:
    """Both event loops: the gateway's own is uvloop."""
    made: Run = request.param
    return made


def entrance(**options: Any) -> Entrance:
    return Entrance(**{"proxy_protocol": HERE, **options})


async def said(port: int, *pieces: bytes) -> bytes:
    """What comes back for some pieces that are written one by one; nothing where the connection is cut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with contextlib.suppress(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        answer = await reader.readuntil(b"[]") if pieces[-1].endswith(REQUEST) else await reader.read()
        writer.close()
        return answer
    return b""


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """What else comes; a connection that is closed with something unread is cut."""
    with contextlib.suppress(ConnectionError):
        return await reader.read()
    return b""


def way(gateway: Running) -> bytes:
    """What the upstream was told about where the last call came from."""
    (line,) = [part for part in gateway.seen.heads[-1].split(b"\r\n") if part.startswith(b"x-forwarded-for")]
    return line.partition(b": ")[2]


@pytest.mark.parametrize(
    ("header", "address"),
    [
        (LINE, b"198.51.100.7"),
        (BINARY, b"198.51.100.7"),
        (SIX, b"[2001:db8::7]"),
        (LOCAL, b"127.0.0.1"),
        (b"PROXY UNKNOWN\r\n", b"unknown"),
    ],
)
def test_calls_come_from_whom_the_header_names(run: Run, header: bytes, address: bytes) -> None:
    seen: list[tuple[str, str]] = []

    class Recorder:
        def record(self, exchange: Any, *_: Any) -> None:
            seen.append((exchange.request.peer, exchange.request.client))

    async def scenario() -> list[bytes]:
        async with running(OK, entrance=entrance(), observers=(Recorder(),)) as gateway:
            ways = []
            for pieces in (
                [header + REQUEST],
                [header, REQUEST],
                [*(header[place : place + 1] for place in range(len(header))), REQUEST],
                [header[:9], header[9:] + REQUEST[:5], REQUEST[5:] + REQUEST],
            ):
                assert (await said(gateway.port, *pieces)).startswith(b"HTTP/1.1 200")
                ways.append(way(gateway))
            return ways

    assert run(scenario()) == [address] * 4
    text = "" if address == b"unknown" else address.decode().strip("[]")
    assert set(seen) == {(text, text)}


@pytest.mark.parametrize(
    "begin",
    [
        REQUEST,
        b"PROXY TCP4 198.51.100.7\r\n" + REQUEST,
        b"PROXY TCP4 " + b"1" * 200,
        BEGIN + b"\x21\x12\0\x0c" + b"\0" * 12 + REQUEST,
        BEGIN + b"\x21\x11" + struct.pack("!H", MOST) + b"\0" * MOST + REQUEST,
        LINE[:-1] + REQUEST,
    ],
)
def test_what_does_not_begin_with_a_header_is_closed_without_a_word(run: Run, begin: bytes) -> None:
    async def scenario() -> tuple[bytes, dict[str, int], int]:
        async with running(OK, entrance=entrance()) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(begin)
            answer = await _rest(reader)
            writer.close()
            assert (await said(gateway.port, LINE + REQUEST)).startswith(b"HTTP/1.1 200")
            await until(lambda: not gateway.runtime.fronts)
            return answer, gateway.runtime.bad_requests, len(gateway.seen.heads)

    answer, counted, calls = run(scenario())
    assert (answer, counted, calls) == (b"", {"proxy-protocol": 1}, 1)


def test_nobody_else_is_believed(run: Run) -> None:
    """From elsewhere a header is no HTTP, and what has none is served."""

    async def scenario() -> tuple[bytes, bytes]:
        async with running(OK, entrance=entrance(proxy_protocol=ELSEWHERE)) as gateway:
            refused = [await said(gateway.port, header + REQUEST[:-1]) for header in (LINE, BINARY)]
            assert all(answer.startswith(b"HTTP/1.1 400") for answer in refused)
            assert gateway.seen.heads == []
            return await said(gateway.port, REQUEST), way(gateway)

    answer, address = run(scenario())
    assert answer.startswith(b"HTTP/1.1 200")
    assert address == b"127.0.0.1"


def test_who_is_behind_a_load_balancer_is_not_believed_for_its_sake(run: Run) -> None:
    async def scenario() -> list[bytes]:
        ways = []
        for believed in (HERE, (ipaddress.ip_network("198.51.100.0/24"),)):
            async with running(OK, entrance=entrance(proxies=Proxies(believed))) as gateway:
                await said(gateway.port, LINE + REQUEST)
                ways.append(way(gateway))
        return ways

    assert run(scenario()) == [b"198.51.100.7", b"6.6.6.6, 198.51.100.7"]


async def secured(
    port: int, header: bytes, context: ssl.SSLContext, name: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection that begins with a header, and goes on in TLS."""
    plain = socket.create_connection(("127.0.0.1", port))
    plain.sendall(header)
    plain.setblocking(False)
    return await asyncio.open_connection(sock=plain, ssl=context, server_hostname=name)


@pytest.mark.parametrize("protocol", ["h2", "http/1.1"])
@pytest.mark.parametrize("header", [LINE, BINARY])
def test_the_header_comes_before_tls(run: Run, tmp_path: Path, protocol: str, header: bytes) -> None:
    authority = Authority(tmp_path)
    host = Pair(*authority.issue("host", hosts=["api.example"]), names=("api.example",))
    tls = Tls(*authority.issue("gateway"), hosts=(host,))

    async def scenario() -> tuple[int, bytes, str]:
        async with running(OK, entrance=entrance(tls=tls)) as gateway:
            context = authority.trusting()
            context.set_alpn_protocols([protocol])
            reader, writer = await secured(gateway.port, header, context, "api.example")
            common = writer.get_extra_info("peercert")["subject"][0][0][1]
            if protocol == "h2":
                client = Client(reader, writer)
                status = (await client.answer(client.ask())).status
            else:
                writer.write(REQUEST)
                status = int((await reader.readuntil(b"[]")).split()[1])
            writer.close()
            assert b"x-forwarded-proto: https\r\n" in gateway.seen.heads[-1]
            return status, way(gateway), common

    assert run(scenario()) == (200, b"198.51.100.7", "host")


def test_a_handshake_that_fails_costs_nobody_else(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    authority = Authority(tmp_path)

    async def scenario() -> bytes:
        async with running(OK, entrance=entrance(tls=Tls(*authority.issue("gateway")))) as gateway:
            for begin in (LINE + b"GET / HTTP/1.1\r\n\r\n", LINE):
                reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
                writer.write(begin)
                writer.write_eof()
                with contextlib.suppress(ConnectionError):
                    await reader.read()
                writer.close()
            reader, writer = await secured(gateway.port, LINE, authority.trusting(), "localhost")
            writer.write(REQUEST)
            answer = await reader.readuntil(b"[]")
            writer.close()
            return answer

    assert run(scenario()).startswith(b"HTTP/1.1 200")
    assert caplog.records == []


def test_the_header_comes_before_http_2_without_tls(run: Run) -> None:
    async def scenario() -> tuple[int, bytes]:
        async with running(OK, entrance=entrance(http2=Http2(cleartext=True))) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(BINARY)
            client = Client(reader, writer)
            found = await client.answer(client.ask())
            writer.close()
            return found.status, way(gateway)

    assert run(scenario()) == (200, b"198.51.100.7")


def test_certificates_are_renewed_without_losing_a_connection(run: Run, tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def scenario() -> tuple[int, list[int]]:
        async with running(OK, entrance=entrance(tls=Tls(*authority.issue("gateway")))) as gateway:
            # Its header has come in part when the certificates change, and it is served by those from before.
            early = socket.create_connection(("127.0.0.1", gateway.port))
            early.sendall(LINE[:10])
            await until(lambda: gateway.runtime.fronts)
            serials = []
            for renewed in (False, True):
                if renewed:
                    authority.issue("gateway", days=60)
                    assert gateway.listening is not None
                    assert await gateway.listening.reload()
                _, writer = await secured(gateway.port, LINE, authority.trusting(), "localhost")
                serials.append(int(writer.get_extra_info("peercert")["serialNumber"], 16))
                writer.close()
            early.sendall(LINE[10:])
            early.setblocking(False)
            reader, writer = await asyncio.open_connection(
                sock=early, ssl=authority.trusting(), server_hostname="localhost"
            )
            writer.write(REQUEST)
            status = int((await reader.readuntil(b"[]")).split()[1])
            writer.close()
            return status, serials

    status, serials = run(scenario())
    assert status == 200
    assert len(set(serials)) == 2


def test_a_header_that_does_not_come_is_not_waited_for(run: Run) -> None:
    async def scenario() -> tuple[bytes, dict[str, int]]:
        async with running(OK, entrance=entrance(), timeouts=Timeouts(head=-1.0)) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(LINE[:20])
            await until(lambda: (gateway.runtime.sweep(), gateway.runtime.bad_requests)[1])
            answer = await _rest(reader)
            writer.close()
            await until(lambda: not gateway.runtime.fronts)
            return answer, gateway.runtime.bad_requests

    assert run(scenario()) == (b"", {"proxy-protocol": 1})


def test_who_goes_before_the_header_is_there_leaves_nothing_behind(run: Run) -> None:
    async def scenario() -> dict[str, int]:
        async with running(OK, entrance=entrance()) as gateway:
            _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(LINE[:20])
            await until(lambda: gateway.runtime.fronts)
            writer.close()
            await until(lambda: not gateway.runtime.fronts)
            return gateway.runtime.bad_requests

    assert run(scenario()) == {"proxy-protocol": 1}


def test_connections_whose_header_is_awaited_count(run: Run) -> None:
    async def scenario() -> tuple[bytes, dict[str, int]]:
        async with running(OK, entrance=entrance(), most_connections=1) as gateway:
            _, first = await asyncio.open_connection("127.0.0.1", gateway.port)
            await until(lambda: gateway.runtime.fronts)
            reader, second = await asyncio.open_connection("127.0.0.1", gateway.port)
            answer = await reader.read()
            first.close()
            second.close()
            return answer, dict(gateway.runtime.bad_requests)

    assert run(scenario()) == (b"", {"too-many-connections": 1})


def test_the_end_does_not_wait_for_headers(run: Run) -> None:
    async def scenario() -> bytes:
        async with running(OK, entrance=entrance()) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            await until(lambda: gateway.runtime.fronts)
        answer = await reader.read()
        writer.close()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", gateway.port)
        return answer

    assert run(scenario()) == b""


def test_it_goes_on_when_there_is_room_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "_PATIENCE", 0.01)
    refusals = [errno.EMFILE, errno.ENFILE]

    class Full(socket.socket):
        def accept(self) -> tuple[socket.socket, Any]:
            if refusals:
                raise OSError(refusals.pop(), "no room")
            return super().accept()

    async def scenario() -> tuple[bytes, dict[str, int]]:
        runtime = Runtime(orders())
        bound = bind("127.0.0.1", 0)
        port = bound.getsockname()[1]
        listener = Full(fileno=bound.detach())
        held = Accepting(runtime, listener, lambda address: Front(runtime, address), None, 1.0)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /nothing HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        refusals.append(errno.EMFILE)
        _, late = await asyncio.open_connection("127.0.0.1", port)
        await until(lambda: not refusals)
        held.close()  # while it waits
        late.close()
        return answer, runtime.bad_requests

    answer, counted = run(scenario())
    assert answer.startswith(b"HTTP/1.1 404")
    assert counted == {"no-room-for-connections": 3}
