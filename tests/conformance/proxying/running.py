"""Cases sent through a gateway that runs, to an upstream that answers as they say."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from gateway.http.runtime import Runtime
from gateway.pressure import Shedding
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Fault, Header, Response
from tests.gateway.threads import Elsewhere, between, elsewhere

from .cases import Case, body_of, headers_of, response_of
from .told import Told

_FRAMING = frozenset({b"content-length", b"transfer-encoding", b"connection", b"host"})
_PROBLEM = "urn:lading:problem:"
Answer = TypeVar("Answer")


class Gateway:
    """A gateway and its upstream in a thread of their own. The snapshot is swapped from case to case."""

    def __init__(self, thread: Elsewhere[tuple[Runtime, int, int]], upstream: Upstream) -> None:
        self._thread = thread
        self._runtime, self._port, _ = thread.value
        self._upstream = upstream

    @property
    def upstream(self) -> str:
        return f"http://127.0.0.1:{self._upstream.port}"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def put(self, snapshot: Snapshot) -> None:
        """Puts a snapshot in force for calls that somebody else makes."""

        async def swap() -> None:
            self._runtime.swap(snapshot)

        self._thread.do(swap())

    def reached_by(self, call: Callable[[], Answer]) -> tuple[Answer, bool]:
        """What a call gives, and whether it came to the upstream."""
        before = self._upstream.reached
        return call(), self._upstream.reached > before

    def __call__(self, snapshot: Snapshot, case: Case) -> Told:
        """What came back, and whether the upstream was reached."""
        told: Told = self._thread.do(self._exchange(snapshot, case))
        return told

    async def _exchange(self, snapshot: Snapshot, case: Case) -> Told:
        self._runtime.swap(snapshot)
        self._upstream.answer = response_of(case) or Response(200)
        self._upstream.reached = 0
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(raw_of(case))
        status, body = await _answer(reader, head_only=case["request"]["method"] == "HEAD")
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        if self._upstream.reached:
            answered = self._upstream.answer
            if status == answered.status and (status != 502 or not _told(body)[0]):
                return Told()
            code, faults = _told(body)
            return Told(response=code or f"status {status}", response_faults=faults)
        code, faults = _told(body)
        return Told(code or _BY_STATUS.get(status, f"status {status}"), faults)


_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 401: "no-credentials", 415: "media-type"}
"""For HEAD, whose answers have no body that would say more."""


def raw_of(case: Case) -> bytes:
    """The request as it goes on the wire."""
    held = case["request"]
    body = body_of(held)
    lines = [f"{held['method']} {held['target']} HTTP/1.1".encode()]
    lines.append(b"host: " + (held.get("host") or "gateway").encode())
    lines += [b"%s: %s" % pair for pair in headers_of(held) if pair[0] not in _FRAMING]
    if body or held["method"] in ("POST", "PUT", "PATCH"):
        lines.append(b"content-length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _told(body: bytes) -> tuple[str, tuple[Fault, ...]]:
    """Code and faults of a problem document of the gateway; an empty code where it is none."""
    try:
        value: Any = json.loads(body)
    except ValueError:
        return "", ()
    if not isinstance(value, dict) or not str(value.get("type", "")).startswith(_PROBLEM):
        return "", ()
    faults = tuple(map(_fault, value.get("errors", ())))
    return value["type"].removeprefix(_PROBLEM), faults


def _fault(told: Mapping[str, Any]) -> Fault:
    return Fault(told["in"], told["pointer"], told["message"], told["code"], told["schemaPointer"])


async def _answer(reader: asyncio.StreamReader, *, head_only: bool) -> tuple[int, bytes]:
    """Status and body of the final response."""
    while True:
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split()[1])
        if status >= 200:
            break
    fields = dict(_fields(head))
    if head_only or status in (204, 304):
        return status, b""
    if b"content-length" in fields:
        return status, await reader.readexactly(int(fields[b"content-length"]))
    if fields.get(b"transfer-encoding") == b"chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        return status, body
    return status, await reader.read()


def _fields(head: bytes) -> Iterator[Header]:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        yield name.lower(), value.strip()


class Upstream:
    """Answers every request as the case at hand says."""

    def __init__(self) -> None:
        self.answer = Response(200)
        self.reached = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(dict(_fields(head)).get(b"content-length", b"0")))
            self.reached += 1
            writer.write(self._written(head.startswith(b"HEAD ")))
            await writer.drain()

    def _written(self, head_only: bool) -> bytes:
        answer = self.answer
        lines = [b"HTTP/1.1 %d X" % answer.status]
        lines += [b"%s: %s" % pair for pair in answer.headers if pair[0] not in _FRAMING]
        bodyless = answer.status in (204, 304)
        if not bodyless:
            lines.append(b"content-length: %d" % len(answer.body))
        return b"\r\n".join(lines) + b"\r\n\r\n" + (b"" if head_only or bodyless else answer.body)


@contextlib.contextmanager
def running() -> Iterator[Gateway]:
    """A gateway that runs while the block does."""
    upstream = Upstream()
    # The cases keep this process busy.
    scenario = between(upstream.serve, lambda port: Runtime(shedding=Shedding(lag=None)))
    with elsewhere(scenario) as thread:
        upstream.port = thread.value[2]
        yield Gateway(thread, upstream)
