"""The response of a service: held back until it is whole, judged, and sent or replaced."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from gateway import problems
from gateway.pipeline import judge_response
from gateway.verdicts import Bounds, Decision, Header, Refusal, Response, Verdict

_STREAMS = (b"text/event-stream", b"multipart/x-mixed-replace")


class Answering:
    """Takes the application's messages in place of the server's `send`.

    A stream, and any response where the mode is off, passes through as it comes. One that is larger than its
    bound is withheld where the mode enforces, and passes otherwise.
    """

    def __init__(
        self,
        decision: Decision,
        method: str,
        bounds: Bounds,
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        assert decision.operation is not None
        self._decision = decision
        self._operation = decision.operation
        self._method = method
        self._bounds = bounds
        self._send = send
        self._start: MutableMapping[str, Any] | None = None
        self._parts: list[bytes] = []
        self._size = 0
        self._streaming = False
        self._withheld = False
        self.status = 0
        self.verdict: Verdict | None = None
        self.refusal: Refusal | None = None
        self.done = False
        """Whether an answer went out whole."""

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            await self._started(message)
        elif message["type"] == "http.response.body":
            await self._body(message)
        elif not self._withheld:
            await self._send(message)

    async def _started(self, message: MutableMapping[str, Any]) -> None:
        self.status = message["status"]
        headers = [(bytes(name).lower(), bytes(value)) for name, value in message.get("headers", ())]
        self._start = {**message, "headers": [*headers, *self._decision.headers]}
        if self._operation.modes.response == "off":
            await self._stream("response validation is off")
        elif any(name == b"content-type" and value.lower().startswith(_STREAMS) for name, value in headers):
            await self._stream("the response is a stream")

    async def _body(self, message: MutableMapping[str, Any]) -> None:
        if self._withheld:
            return
        more = message.get("more_body", False)
        if self._streaming:
            await self._send(message)
            self.done = not more
            return
        part = message.get("body", b"")
        self._size += len(part)
        self._parts.append(part)
        if self._size > self._bounds.response_body:
            await self._too_large(more)
        elif not more:
            await self._judge()

    async def _judge(self) -> None:
        start, body = self._start, b"".join(self._parts)
        assert start is not None
        count = len(start["headers"]) - len(self._decision.headers)
        headers: list[Header] = start["headers"][:count]
        response = Response(self.status, headers, body)
        self.verdict = judge_response(self._operation, self._method, response, self._bounds)
        if self.verdict.refusal is not None:
            await self._withhold(self.verdict.refusal)
            return
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
        self.done = True

    async def _too_large(self, more: bool) -> None:
        if self._operation.modes.response == "enforce":
            detail = "It is larger than what is held back for validation."
            await self._withhold(Refusal(502, "response-too-large", "The response is too large", detail))
            return
        await self._stream("the response is too large to be looked at", more=more)

    async def _stream(self, reason: str, *, more: bool = True) -> None:
        self._decision.unvalidated += (reason,)
        self._streaming = True
        assert self._start is not None
        await self._send(self._start)
        if self._parts:
            body = b"".join(self._parts)
            await self._send({"type": "http.response.body", "body": body, "more_body": more})
            self._parts = []
            self.done = not more

    async def _withhold(self, refusal: Refusal) -> None:
        """Answers with a problem document; whatever the application still sends goes nowhere."""
        self._withheld = self.done = True
        self._parts = []
        self.refusal = refusal
        self.status, headers, body = problems.answer(refusal, self._decision.headers)
        await self._send({"type": "http.response.start", "status": self.status, "headers": headers})
        shown = b"" if self._method == "HEAD" else body
        await self._send({"type": "http.response.body", "body": shown})
