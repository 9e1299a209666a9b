"""External authorization (envoy.service.auth.v3): a request, whole, and whether Envoy may pass it on."""

from __future__ import annotations

from gateway import problems
from gateway.bodies.codings import restricted
from gateway.http import framing
from gateway.http.credentials import stripped
from gateway.http.wire import FORGED
from gateway.verdicts import Decision, Header, Refusal, Request

from .messages_pb2 import CheckRequest, CheckResponse, HeaderValueOption, OkHttpResponse
from .routes import ROUTE, way_of

UPSTREAM = "lading-upstream"
"""The request header by which Envoy finds the cluster. It is set for every call that may pass, and goes no further."""
_CONSUMER = b"lading-consumer"
_DENIED = 7  # google.rpc.Code PERMISSION_DENIED; anything but 0 refuses
_OVERWRITE = HeaderValueOption.OVERWRITE_IF_EXISTS_OR_ADD


def request_of(check: CheckRequest) -> Request | Refusal:
    """The request that Envoy tells of, with its header fields as they came; or why it holds no request."""
    http = check.attributes.request.http
    headers: list[Header] = [
        (held.key.lower().encode("latin-1", "replace"), held.raw_value or held.value.encode("utf-8"))
        for held in http.header_map.headers
        if not held.key.startswith(":")
    ]
    if not http.header_map.headers:
        return framing.refused("Envoy sends no raw header fields; encode_raw_headers has to be set.", 500)
    if not any(name == b"host" for name, _ in headers):
        headers.append((b"host", http.host.encode("utf-8", "replace")))
    target = http.path.encode("utf-8", "surrogateescape")
    peer = check.attributes.source.address.socket_address.address
    path, _, query = target.partition(b"?")
    request = Request(http.method, path, query, headers, http.raw_body, http.scheme or "http", peer=peer)
    # Over HTTP/2 there is no Host field, which is what HTTP/1.0 allows; the rest is alike.
    head = framing.check("1.1" if http.protocol == "HTTP/1.1" else "1.0", target, headers, request.fields)
    return head if isinstance(head, Refusal) else request


def answer(request: Request, decision: Decision, cluster: str) -> CheckResponse:
    """What Envoy is told of a decision; `cluster` is where the call goes. How it is treated there is its operation's."""
    refusal = decision.refusal
    if refusal is None and not cluster:
        refusal = Refusal(503, "no-upstream", "The contract has no upstream")
    if refusal is not None:
        return denied(refusal, decision.headers)
    contract, operation = decision.contract, decision.operation
    assert contract is not None
    assert operation is not None
    target, kept = stripped(request, decision, forward=False)
    ok = OkHttpResponse()
    _set(ok, ":path", target)
    _set(ok, UPSTREAM, cluster.encode())
    _set(ok, ROUTE, way_of(operation, request).name.encode())
    if operation.modes.response != "off":
        accepted = request.fields.get(b"accept-encoding")
        if accepted is not None:
            _set(ok, "accept-encoding", restricted(accepted))
    names = {name for name, _ in kept}
    gone = {
        name
        for name, value in request.headers
        if name not in names or _is_ours(name, value) or (name in FORGED and name not in operation.overrides)
    }
    if decision.consumer is not None:
        _set(ok, _CONSUMER.decode(), decision.consumer.id.encode("latin-1", "replace"))
    else:
        gone.add(_CONSUMER)
    ok.headers_to_remove.extend(sorted(name.decode("latin-1") for name in gone))
    ok.response_headers_to_add.extend(_option(name, value) for name, value in decision.headers)
    found = CheckResponse(ok_response=ok)
    found.status.code = 0
    found.dynamic_metadata.update(
        {
            "contract": contract.name,
            "version": contract.version,
            "operation": operation.key,
            "method": request.method,
            "consumer": decision.consumer.id if decision.consumer is not None else "",
        }
    )
    return found


def denied(refusal: Refusal, extra: tuple[Header, ...] = ()) -> CheckResponse:
    """A refusal with its problem document."""
    status, headers, body = problems.answer(refusal, extra)
    found = CheckResponse()
    found.status.code = _DENIED
    found.denied_response.status.code = status
    found.denied_response.body = body.decode("utf-8")
    found.denied_response.headers.extend(
        _option(name, value, overwrite=True) for name, value in headers if name != b"content-length"
    )
    return found


def _is_ours(name: bytes, value: bytes) -> bool:
    if name not in (b"x-api-key", b"authorization"):
        return False
    return value.startswith(b"lk_") or (
        value[:7].lower() == b"bearer " and value[7:].strip().startswith(b"lk_")
    )


def _set(ok: OkHttpResponse, name: str, value: bytes) -> None:
    ok.headers.append(_option(name.encode(), value, overwrite=True))


def _option(name: bytes, value: bytes, *, overwrite: bool = False) -> HeaderValueOption:
    found = HeaderValueOption()
    found.header.key = name.decode("latin-1")
    found.header.value = value.decode("latin-1")
    if overwrite:
        found.append_action = _OVERWRITE
    return found
