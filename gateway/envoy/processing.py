"""External processing (envoy.service.ext_proc.v3): the response of a call that external authorization let pass."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gateway import problems
from gateway.pipeline import judge_response
from gateway.snapshot.operation import Mode, Operation
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Refusal, Response, Verdict

from .messages_pb2 import (
    BodyResponse,
    HeadersResponse,
    HeaderValueOption,
    ProcessingMode,
    ProcessingRequest,
    ProcessingResponse,
    TrailersResponse,
)

if TYPE_CHECKING:
    from .messages_pb2 import HttpBody, HttpHeaders

AUTHORIZATION = "envoy.filters.http.ext_authz"
"""The name under which Envoy keeps what external authorization said of the call."""
_STREAMS = (b"text/event-stream", b"multipart/x-mixed-replace")
_BODIES: dict[Mode, ProcessingMode.BodySendMode] = {
    "enforce": ProcessingMode.BUFFERED,
    "monitor": ProcessingMode.BUFFERED_PARTIAL,
    "off": ProcessingMode.NONE,
}
_LOST = Refusal(
    502,
    "response-unjudged",
    "The response cannot be judged",
    "Nothing is known of the call that it answers; the gateway may have got another bundle meanwhile.",
)


class Processing:
    """One call. Every message that Envoy sends is answered by one."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._method = ""
        self.response = Response(0)
        self.operation: Operation | None = None
        self.call = ""
        """What external authorization called it."""
        self.consumer = ""
        self.verdict: Verdict | None = None
        self.refusal: Refusal | None = None
        self.own = False
        """Whether Envoy answered itself."""

    def take(self, message: ProcessingRequest) -> ProcessingResponse:
        """The answer to a message."""
        kind = message.WhichOneof("request")
        if kind == "request_headers":
            self._known(message)
            found = ProcessingResponse(request_headers=HeadersResponse())
            if self.operation is not None:
                _override(found, _BODIES[self.operation.modes.response])
            return found
        if kind == "response_headers":
            return self._headers(message, message.response_headers)
        if kind == "response_body":
            return self._body(message.response_body)
        if kind == "request_body":
            return ProcessingResponse(request_body=BodyResponse())
        if kind == "request_trailers":
            return ProcessingResponse(request_trailers=TrailersResponse())
        return ProcessingResponse(response_trailers=TrailersResponse())

    def _known(self, message: ProcessingRequest) -> None:
        """The operation, as external authorization found it; callers cannot write what Envoy keeps there."""
        metadata = message.metadata_context.filter_metadata
        if AUTHORIZATION not in metadata:
            return
        held = {name: value.string_value for name, value in metadata[AUTHORIZATION].fields.items()}
        self._method, self.call = held.get("method", ""), held.get("call", "")
        self.consumer = held.get("consumer", "")
        known = held.get("contract", ""), held.get("version", ""), held.get("operation", "")
        self.operation = _operations(self._snapshot).get(known)

    def _headers(self, message: ProcessingRequest, held: HttpHeaders) -> ProcessingResponse:
        self._read(held)
        if _own_reply(message):
            self.own = True
            found = ProcessingResponse(response_headers=HeadersResponse())
            _override(found, ProcessingMode.NONE)
            return found
        if self.operation is None:
            return self._refused(_LOST)
        found = ProcessingResponse(response_headers=HeadersResponse())
        if held.end_of_stream:
            return self._judged(found)
        if self.operation.modes.response == "off" or _is_stream(self.response):
            _override(found, ProcessingMode.NONE)
            self.verdict = Verdict(unvalidated=("the response passes as it comes",))
        return found

    def _read(self, held: HttpHeaders) -> None:
        for header in held.headers.headers:
            value = header.raw_value or header.value.encode("utf-8")
            if header.key == ":status":
                self.response.status = int(value)
            elif not header.key.startswith(":"):
                self.response.headers.append((header.key.lower().encode("latin-1", "replace"), value))

    def _body(self, held: HttpBody) -> ProcessingResponse:
        found = ProcessingResponse(response_body=BodyResponse())
        if self.operation is None:
            return self._refused(_LOST)
        if not held.end_of_stream:
            # Where the mode monitors, Envoy sends what fits: the rest passes unseen.
            if self.operation.modes.response == "enforce":
                return self._refused(
                    Refusal(502, "response-too-large", "The upstream's response is too large")
                )
            self.verdict = Verdict(unvalidated=("the response is too large to be looked at",))
            return found
        self.response.body = held.body
        return self._judged(found)

    def _judged(self, passed: ProcessingResponse) -> ProcessingResponse:
        assert self.operation is not None
        self.verdict = judge_response(self.operation, self._method, self.response, self._snapshot.bounds)
        return passed if self.verdict.refusal is None else self._refused(self.verdict.refusal)

    def _refused(self, refusal: Refusal) -> ProcessingResponse:
        self.refusal = refusal
        return _immediate(refusal)


@lru_cache(maxsize=2)
def _operations(snapshot: Snapshot) -> dict[tuple[str, str, str], Operation]:
    """All operations by contract, version and key."""
    return {
        (entry.contract.name, entry.contract.version, operation.key): operation
        for entry in snapshot.everything
        for operation in (*(held for _, _, held in entry.operations), entry.fallback)
        if operation is not None
    }


def _own_reply(message: ProcessingRequest) -> bool:
    """Whether Envoy answers itself (a refusal, an upstream that is away); it says so, no upstream can."""
    for attributes in message.attributes.values():
        if "response.code_details" in attributes.fields:
            return attributes.fields["response.code_details"].string_value != "via_upstream"
    return False


def _is_stream(response: Response) -> bool:
    return any(
        name == b"content-type" and value.lower().startswith(_STREAMS) for name, value in response.headers
    )


def _override(found: ProcessingResponse, body: ProcessingMode.BodySendMode) -> None:
    found.mode_override.request_header_mode = ProcessingMode.SEND
    found.mode_override.response_header_mode = ProcessingMode.SEND
    found.mode_override.response_body_mode = body
    found.mode_override.request_trailer_mode = ProcessingMode.SKIP
    found.mode_override.response_trailer_mode = ProcessingMode.SKIP


def _immediate(refusal: Refusal) -> ProcessingResponse:
    status, headers, body = problems.answer(refusal)
    found = ProcessingResponse()
    reply = found.immediate_response
    reply.status.code = status
    reply.body = body
    reply.details = refusal.code
    for name, value in headers:
        if name != b"content-length":
            option = HeaderValueOption(append_action=HeaderValueOption.OVERWRITE_IF_EXISTS_OR_ADD)
            option.header.key, option.header.raw_value = name.decode("latin-1"), value
            reply.headers.set_headers.append(option)
    return found
