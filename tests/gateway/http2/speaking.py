"""A client that says in HTTP/2 whatever a test wants, well formed or not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
)
from h2.exceptions import ProtocolError

from gateway.http.entrance import Entrance, Http2
from tests.gateway.world import HEADERS, Handler, Running, answering, running

PLAIN = Entrance(http2=Http2(cleartext=True))
GET = [(":method", "GET"), (":scheme", "http"), (":authority", "gateway"), (":path", "/erp/v1/orders")]
POST = [
    (":method", "POST"), *GET[1:], *((name.decode(), value.decode()) for name, value in HEADERS),
]  # fmt: skip
OK = answering(200, b"[]")
Fields = Sequence[tuple[str, str]]


@dataclass
class Answered:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    trailers: dict[str, str] = field(default_factory=dict)
    whole: bool = False
    reset: int | None = None


class Client:
    """`answers` are by stream; `away` is the code of a GOAWAY, `closed` whether the connection is."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.h2 = H2Connection(
            H2Configuration(
                client_side=True,
                header_encoding="latin-1",
                validate_outbound_headers=False,
                normalize_outbound_headers=False,
            )
        )
        self.answers: dict[int, Answered] = {}
        self.away: list[tuple[int, int]] = []
        self.closed = False
        self.acknowledges = True
        self.h2.initiate_connection()
        self.flush()

    def flush(self) -> None:
        self.writer.write(self.h2.data_to_send())

    def ask(self, fields: Fields = GET, body: bytes | None = None, *, end: bool = True) -> int:
        """Sends a request; its stream."""
        number = self.h2.get_next_available_stream_id()
        self.h2.send_headers(number, list(fields), end_stream=end and body is None)
        if body is not None:
            self.h2.send_data(number, body, end_stream=end)
        self.flush()
        return number

    async def answer(self, stream: int) -> Answered:
        """What comes back on a stream, when it is whole, reset, or the connection is gone."""
        found = self.answers.setdefault(stream, Answered())
        while not (found.whole or found.reset is not None or self.closed):
            await self.hear()
        return found

    async def hear(self) -> None:
        """Takes in what comes next."""
        data = b""
        with contextlib.suppress(ConnectionError):
            data = await self.reader.read(65_536)
        if not data:
            self.closed = True
            return
        # GOAWAY is looked for here, as the library says nothing more after it.
        rest = self._without_goaway(data)
        try:
            events = self.h2.receive_data(rest)
        except ProtocolError:
            self.closed = True
            return
        for event in events:
            self._take(event)
        with contextlib.suppress(ConnectionError):
            self.flush()

    async def to_the_end(self) -> None:
        while not self.closed:
            await self.hear()

    def _without_goaway(self, data: bytes) -> bytes:
        kept, position = b"", 0
        while position + 9 <= len(data):
            end = position + 9 + int.from_bytes(data[position : position + 3], "big")
            if data[position + 3] == 7:
                payload = data[position + 9 : end]
                self.away.append((int.from_bytes(payload[:4], "big"), int.from_bytes(payload[4:8], "big")))
            else:
                kept += data[position:end]
            position = end
        return kept + data[position:]

    def _take(self, event: Any) -> None:
        if isinstance(event, ConnectionTerminated):
            raise AssertionError("GOAWAY is taken out before")
        found = self.answers.setdefault(getattr(event, "stream_id", 0) or 0, Answered())
        if isinstance(event, ResponseReceived):
            found.headers = {str(name): str(value) for name, value in event.headers or ()}
            found.status = int(found.headers[":status"])
        elif isinstance(event, DataReceived):
            found.body += event.data or b""
            if self.acknowledges:
                self.h2.acknowledge_received_data(event.flow_controlled_length or 0, event.stream_id or 0)
        elif isinstance(event, TrailersReceived):
            found.trailers = {str(name): str(value) for name, value in event.headers or ()}
        elif isinstance(event, StreamEnded):
            found.whole = True
        elif isinstance(event, StreamReset):
            found.reset = int(event.error_code or 0)


def frame(kind: int, payload: bytes = b"", *, flags: int = 0, stream: int = 0) -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


@contextlib.asynccontextmanager
async def speaking(
    handler: Handler, *args: Any, entrance: Entrance = PLAIN, **options: Any
) -> AsyncIterator[tuple[Client, Running]]:
    """A client that is connected to a gateway."""
    async with running(handler, *args, entrance=entrance, **options) as gateway:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        client = Client(reader, writer)
        try:
            yield client, gateway
        finally:
            writer.close()
