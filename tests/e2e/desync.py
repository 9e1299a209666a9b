"""Two ways to read the bytes that an upstream was sent, and requests that are written to be read in two ways."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import h11

from gateway.http.exchange import Exchange
from gateway.http.runtime import Runtime, Timeouts
from gateway.pressure import Shedding
from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import EMPTY, Snapshot
from gateway.standalone import standalone
from tests.gateway.threads import SECONDS, Elsewhere, between, elsewhere
from tests.gateway.world import api_of

Field = tuple[bytes, bytes]

CONTRACT = """
openapi: 3.1.0
info: {title: Anything, version: 1.0.0}
paths:
  /orders:
    get:
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {default: {description: d}}
    post:
      parameters: [{name: X-Must, in: header, required: true, schema: {type: string}}]
      requestBody:
        content:
          application/json: {schema: {type: object}}
          application/octet-stream: {schema: {type: string}}
      responses: {default: {description: d}}
  /orders/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {default: {description: d}}
"""
"""`/admin` is in no contract: nothing may bring a request for it to the upstream."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request as a reader understands it; names of fields in lower case."""

    method: bytes
    target: bytes
    fields: tuple[Field, ...]
    body: bytes

    @property
    def shape(self) -> tuple[bytes, bytes, bytes]:
        return self.method, self.target, self.body


class NotStrict(AssertionError):
    """Bytes that are no HTTP/1.1 to the letter."""


_LINE = re.compile(rb"([A-Z]+) (/[!-~]*) HTTP/1\.1")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*")


def strictly(raw: bytes) -> list[Message]:
    """Requests by RFC 9112, without any of the liberties that it gives readers. Raises `NotStrict`."""
    found = []
    while raw:
        head, end, raw = raw.partition(b"\r\n\r\n")
        if not end:
            raise NotStrict(f"the head does not end: {head[:200]!r}")
        first, *lines = head.split(b"\r\n")
        request = _LINE.fullmatch(first)
        if request is None:
            raise NotStrict(f"no request line: {first[:200]!r}")
        fields = []
        for line in lines:
            matched = _FIELD.fullmatch(line)
            if matched is None:
                raise NotStrict(f"no header field: {line[:200]!r}")
            fields.append((matched[1].lower(), matched[2]))
        names = [name for name, _ in fields]
        if names.count(b"host") != 1 or b"transfer-encoding" in names or names.count(b"content-length") > 1:
            raise NotStrict(f"host, length or coding: {head[:300]!r}")
        length = int(dict(fields).get(b"content-length", b"0"))
        if len(raw) < length:
            raise NotStrict("the body is cut off")
        found.append(Message(request[1], request[2], tuple(fields), raw[:length]))
        raw = raw[length:]
    return found


def leniently(raw: bytes) -> list[Message]:
    """Requests as a careless reader finds them: any line end, names with blanks, underscores for dashes, chunked
    wherever a coding says so, the last of several lengths and of that the leading digits.
    """
    found = []
    while raw.strip(b"\r\n"):
        lines, raw = _careless_head(raw.lstrip(b"\r\n"))
        parts = lines[0].split()
        fields: list[Field] = []
        for line in lines[1:]:
            if line[:1] in (b" ", b"\t") and fields:
                fields[-1] = fields[-1][0], fields[-1][1] + b" " + line.strip()
                continue
            name, _, value = line.partition(b":")
            name = re.sub(rb"[^!-~]", b"", name).replace(b"_", b"-").lower()
            fields.append((name, value.strip(b" \t\x0b\x0c\x00")))
        codings = b",".join(value for name, value in fields if name == b"transfer-encoding")
        if b"chunked" in codings.lower():
            body, raw = _careless_chunks(raw)
        else:
            stated = [value for name, value in fields if name == b"content-length"]
            digits = re.match(rb"[ +]*(\d*)", stated[-1].split(b",")[-1] if stated else b"")
            length = int((digits[1] if digits else b"") or 0)
            body, raw = raw[:length], raw[length:]
        method, target = (*parts, b"", b"")[:2]
        found.append(Message(method, target, tuple(fields), body))
    return found


def _careless_head(raw: bytes) -> tuple[list[bytes], bytes]:
    lines = []
    while raw:
        ends = re.search(rb"\r\n|\n|\r", raw)
        line, raw = (raw[: ends.start()], raw[ends.end() :]) if ends else (raw, b"")
        if not line:
            break
        lines.append(line)
    return lines, raw


def _careless_chunks(raw: bytes) -> tuple[bytes, bytes]:
    body = b""
    while raw:
        line, _, raw = raw.partition(b"\n")
        digits = re.match(rb"\s*([0-9A-Fa-f]*)", line)
        size = int((digits[1] if digits else b"") or b"0", 16)
        if size == 0:
            break
        body, raw = body + raw[:size], raw[size:].lstrip(b"\r\n")
    return body, raw.lstrip(b"\r\n")


def by_another(raw: bytes) -> list[Message]:
    """The requests that h11 reads out of a client's bytes, up to what it refuses.

    Line ends before a request line and several blanks in it may be overlooked (RFC 9112 sections 2.2 and 3).
    """
    found: list[Message] = []
    with contextlib.suppress(h11.RemoteProtocolError):
        while raw := raw.lstrip(b"\r\n"):
            connection = h11.Connection(h11.SERVER)
            connection.receive_data(re.sub(rb"\A(\S+) +(\S+) +", rb"\1 \2 ", raw))
            connection.receive_data(b"")
            head, body = connection.next_event(), b""
            if not isinstance(head, h11.Request):
                break
            while isinstance(event := connection.next_event(), h11.Data):
                body += bytes(event.data)
            found.append(Message(head.method, head.target, tuple(head.headers), body))
            raw = bytes(connection.trailing_data[0])
    return found


@dataclass
class Upstream:
    """Keeps the bytes of each connection, and answers each request that it reads strictly."""

    connections: list[bytearray] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held = bytearray()
        self.connections.append(held)
        while data := await reader.read(65536):
            held += data
            with contextlib.suppress(NotStrict):
                for _ in strictly(bytes(held)):
                    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")


@dataclass
class Judged:
    """An observer: what was judged to be fit for the upstream, in its order."""

    passed: list[Message] = field(default_factory=list)

    def record(self, exchange: Exchange, status: int, outcome: str, *_: Any) -> None:
        decision, request = exchange.decision, exchange.request
        if decision.refusal is None and decision.operation is not None and outcome != "failed":
            self.passed.append(
                Message(request.method.encode(), decision.target, tuple(request.headers), request.body)
            )


@dataclass(frozen=True, slots=True)
class Course:
    """What became of some bytes: what was answered, what was judged fit, and each connection to the upstream."""

    answer: bytes
    judged: tuple[Message, ...]
    sent: tuple[bytes, ...]


class Gateway:
    """A gateway for `CONTRACT` in a thread, with an upstream that keeps every byte."""

    def __init__(
        self, thread: Elsewhere[tuple[Runtime, int, int]], upstream: Upstream, judged: Judged
    ) -> None:
        self._thread = thread
        self._runtime, self._port, self._behind = thread.value
        self._upstream = upstream
        self.judged = judged

    def send(self, pieces: list[bytes]) -> Course:
        """What becomes of some pieces of bytes, after which the sending side is closed."""
        self._upstream.connections.clear()
        self.judged.passed.clear()
        answer = b""
        with socket.create_connection(("127.0.0.1", self._port), timeout=SECONDS) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with contextlib.suppress(OSError):
                for piece in pieces:
                    client.sendall(piece)
                client.shutdown(socket.SHUT_WR)
            with contextlib.suppress(OSError):
                while data := client.recv(65536):
                    answer += data
        self._thread.do(self._settle())
        return Course(answer, tuple(self.judged.passed), tuple(map(bytes, self._upstream.connections)))

    async def _settle(self) -> None:
        """Waits until nobody is connected, and ends the connections to the upstream: the next call makes new ones."""
        async with asyncio.timeout(SECONDS):
            await self._runtime.empty.wait()
        self._runtime.swap(EMPTY)
        self._runtime.swap(_snapshot(self._behind))
        for _ in range(5):
            await asyncio.sleep(0)


def _snapshot(port: int) -> Snapshot:
    return standalone(api_of(CONTRACT), f"http://127.0.0.1:{port}", modes=Modes("enforce", "off"))


@contextlib.contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway that runs while the block does."""
    upstream, judged = Upstream(), Judged()

    def made(port: int) -> Runtime:
        return Runtime(
            _snapshot(port),
            observers=(judged,),
            timeouts=Timeouts(upstream=2.0),
            administers=False,
            shedding=Shedding(lag=None),
        )

    with elsewhere(between(upstream.serve, made)) as thread:
        yield Gateway(thread, upstream, judged)
