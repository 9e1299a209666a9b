"""A WebSocket of a client in a stream of HTTP/2 (RFC 8441), framed by the `websockets` library."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from h2.settings import SettingCodes
from websockets.frames import Frame, Opcode
from websockets.protocol import Protocol, Side, State

from gateway.http.entrance import Entrance, Http2
from tests.gateway.http2.speaking import Answered, Client, Fields

from .sockets import Feed, Handler, echo, feed

OFFERED = Entrance(http2=Http2(cleartext=True, websockets=True))
CONNECT = [
    (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":authority", "gateway"),
    (":path", "/feed?depot=1"), ("sec-websocket-version", "13"),
]  # fmt: skip


def asking(**changes: str) -> list[tuple[str, str]]:
    """The fields of a handshake with others of these pseudo-header fields; an empty one is left out."""
    fields = [(name, changes.get(name.removeprefix(":"), value)) for name, value in CONNECT]
    return [held for held in fields if held[1]]


class WebSocket:
    """One stream, once the gateway has answered 200."""

    def __init__(self, client: Client, stream: int) -> None:
        self.client = client
        self.stream = stream
        self.protocol = Protocol(Side.CLIENT, state=State.OPEN, max_size=None)
        self._read = 0

    @property
    def answered(self) -> Answered:
        return self.client.answers[self.stream]

    async def send(self, text: bytes) -> None:
        self.protocol.send_text(text)
        await self.write(b"".join(self.protocol.data_to_send()))

    async def write(self, data: bytes) -> None:
        """Sends bytes as the windows allow."""
        h2 = self.client.h2
        while data:
            room = min(h2.local_flow_control_window(self.stream), h2.max_outbound_frame_size)
            if room <= 0:
                await self.client.hear()
                continue
            h2.send_data(self.stream, data[:room])
            self.client.flush()
            data = data[room:]

    async def receive(self) -> list[bytes]:
        """The next messages; none when the stream has ended."""
        while True:
            body = self.answered.body
            self.protocol.receive_data(body[self._read :])
            self._read = len(body)
            if self.over and self.protocol.state is not State.CLOSED:
                self.protocol.receive_eof()
            frames = [frame for frame in self.protocol.events_received() if isinstance(frame, Frame)]
            answer = b"".join(self.protocol.data_to_send())  # to Close and Ping
            if not self.over:
                await self.write(answer)
            messages = [frame.data for frame in frames if frame.opcode in (Opcode.TEXT, Opcode.BINARY)]
            if messages or self.over:
                return [bytes(message) for message in messages]
            await self.client.hear()

    @property
    def over(self) -> bool:
        return self.answered.whole or self.answered.reset is not None or self.client.closed

    def end(self) -> None:
        self.client.h2.end_stream(self.stream)
        self.client.flush()


async def open_in(client: Client, fields: Fields = CONNECT, *, more: Sequence[bytes] = ()) -> WebSocket:
    """Asks for a WebSocket, and waits for the answer; `more` is sent without waiting for it."""
    while not client.h2.remote_settings[SettingCodes.ENABLE_CONNECT_PROTOCOL]:
        await client.hear()
    stream = client.ask(fields, end=False)
    for data in more:
        client.h2.send_data(stream, data)
        client.flush()
    client.answers.setdefault(stream, Answered())
    while not client.answers[stream].status and client.answers[stream].reset is None and not client.closed:
        await client.hear()
    return WebSocket(client, stream)


@contextlib.asynccontextmanager
async def connected(handler: Handler = echo, **options: Any) -> AsyncIterator[tuple[Client, Feed]]:
    """A client of HTTP/2 at a gateway before a WebSocket server."""
    async with feed(handler, **{"entrance": OFFERED, **options}) as gateway:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        try:
            yield Client(reader, writer), gateway
        finally:
            writer.close()
