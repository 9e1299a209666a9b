"""An upstream as a process of its own, as `python -m tests.faults.upstream PORT`; it can be stopped and killed.

`GET /erp/v1/orders` has one answer; with `limit=13` half of one, and then silence.
"""

from __future__ import annotations

import asyncio
import sys

from tests.gateway.world import GOOD, Seen, answering, serve_requests

BODY = b"[" + b",".join([GOOD] * 50) + b"]"


async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if b"limit=13" in head.partition(b"\r\n")[0]:
        writer.write(
            b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            % (len(BODY), BODY[: len(BODY) // 2])
        )
        await writer.drain()
        print("half of it is sent", flush=True)
        await reader.read()
    elif head.startswith(b"POST"):
        print("made", flush=True)
        await answering(201, GOOD)(head, reader, writer)
    else:
        await answering(200, BODY)(head, reader, writer)


async def main(port: int) -> None:
    server = await asyncio.start_server(
        lambda reader, writer: serve_requests(handle, Seen(), reader, writer), "127.0.0.1", port, backlog=512
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
