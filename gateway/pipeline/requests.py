"""A request held against its operation."""

from __future__ import annotations

import re
from dataclasses import replace

from gateway.bodies.body import Content
from gateway.bodies.codings import ACCEPTED, TooLarge, UnknownCoding, decoded
from gateway.bodies.media import Choices, acceptable
from gateway.malformed import Malformed
from gateway.parameters.parameter import Sources
from gateway.parameters.text import NOTHING, parse_query
from gateway.snapshot.naming import read
from gateway.snapshot.operation import Operation
from gateway.verdicts import Bounds, Decision, Fault, Refusal, Request

_COOKIE = re.compile(r"\s*;\s*")


def examine(decision: Decision, request: Request, bounds: Bounds) -> Decision:
    """Holds an admitted request against its operation and completes the decision in place."""
    operation = decision.operation
    assert operation is not None
    if operation.pending and (reason := operation.prepare()):
        title = "The contract of this path cannot be served"
        decision.refusal = Refusal(503, "contract-broken", title, reason)
        return decision
    mode = operation.modes.request
    if mode == "off":
        decision.unvalidated = ("request validation is off",) if operation.key else operation.unvalidated
        return decision
    faults: list[Fault] = []
    special = None
    try:
        special = _parameters(operation, request, decision.path_values, bounds, faults)
    except Malformed as error:
        faults.append(Fault("query", "", error.message, error.code))
    unvalidated = operation.unvalidated
    if request.body or operation.body_required:
        blind, other = _body(operation, request, bounds, faults)
        unvalidated += blind
        special = other or special
    decision.unvalidated = unvalidated
    if unvalidated and operation.contract.rules.unvalidated == "refuse":
        faults.append(Fault("body", "", f"it cannot be judged: {unvalidated[0]}", "unvalidated"))
    if faults:
        decision.faults = tuple(sorted(faults, key=lambda fault: not fault.refuses)[: bounds.faults])
        if mode == "enforce" and any(fault.refuses for fault in faults):
            decision.refusal = _refusal(decision.faults, special)
    return decision


def _refusal(faults: tuple[Fault, ...], special: Refusal | None) -> Refusal:
    """400 for parameters and syntax, 422 for content that says the wrong thing, or what a check asked for."""
    if special is not None:
        return replace(special, faults=faults)
    first = next((fault for fault in faults if fault.refuses), faults[0])
    only_content = all(fault.place == "body" and fault.schema_pointer for fault in faults)
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    detail = f"{first.place} {first.pointer or '(whole)'}: {first.message}{more}"
    status = 422 if only_content and first.code not in _SYNTAX else 400
    return Refusal(status, "invalid-request", "The request does not follow the contract", detail, faults)


def _parameters(
    operation: Operation,
    request: Request,
    path_values: tuple[str, ...],
    bounds: Bounds,
    faults: list[Fault],
) -> Refusal | None:
    """Adds what is wrong outside the body; gives what to refuse the request with, where that is not 400.

    Raises `Malformed` for a query that cannot be read.
    """
    query, parameters = NOTHING, operation.without_query
    if request.query:
        query, parameters = parse_query(request.query, bounds.query_parameters), operation.parameters
    strangers = operation.strangers
    cookies = _NO_COOKIES
    if operation.in_cookie or (strangers is not None and strangers.minds_cookies):
        cookies = cookies_of(request)
    if parameters:
        path = dict(zip(operation.path_names, path_values, strict=False)) if path_values else _NO_VALUES
        sources = Sources(path, query, request.fields, cookies)
        rules = operation.contract.rules
        for parameter in parameters:
            faults += parameter.judge(sources, rules, bounds.faults)
    special = _acceptance(operation, request, faults) if operation.produces else None
    if strangers is not None and (request.query or not strangers.only_query):
        faults += strangers.find(query.names, request.fields, cookies)
    return special


def _acceptance(operation: Operation, request: Request, faults: list[Fault]) -> Refusal | None:
    accept = request.fields.get(b"accept")
    if accept is None or acceptable(accept.decode("latin-1"), operation.produces):
        return None
    faults.append(Fault("header", "/Accept", "it admits no declared media type", "not-acceptable"))
    return Refusal(
        406, "not-acceptable", "No media type of the contract is acceptable to the caller",
        f"Declared: {', '.join(operation.produces)}.",
    )  # fmt: skip


def _body(
    operation: Operation, request: Request, bounds: Bounds, faults: list[Fault]
) -> tuple[tuple[str, ...], Refusal | None]:
    """Adds what is wrong with the body; gives what of it cannot be looked at, and what to refuse the request with."""
    body, declared, fields = request.body, operation.body, request.fields
    if not body:
        faults.append(_fault(operation, "a body is required and missing", "missing-body"))
        return (), None
    if declared is None:
        if operation.contract.rules.undeclared_body != "refuse":
            return ("the operation declares no body",), None
        faults.append(_fault(operation, "the operation declares no body", "undeclared-body"))
        return (), None
    if len(fields) != len(request.headers) and _times(b"content-type", request) > 1:
        faults.append(_fault(operation, "there are two Content-Type fields", "content-type"))
        return (), None
    if not declared.names:
        return ("the contract describes no content for the body",), None
    given, coding = fields.get(b"content-type"), fields.get(b"content-encoding")
    if given is None:
        faults.append(_fault(operation, "the body has no Content-Type", "media-type"))
        return (), _unsupported(declared)
    rules = operation.contract.rules
    try:
        found = operation.usual.get(given)
        media, content = found or read(given, declared, lenient=rules.multipart == "lenient")
        if content is None:
            faults.append(_fault(operation, "the contract does not declare this media type", "media-type"))
            return (), _unsupported(declared)
        if coding is not None:
            body = decoded(body, coding.decode("latin-1"), bounds.request_body)
    except Malformed as error:
        faults.append(_fault(operation, error.message, error.code))
        return (), None
    except UnknownCoding:
        faults.append(_fault(operation, "the content coding is not known here", "content-coding"))
        return (), _UNKNOWN_CODING
    except TooLarge:
        faults.append(_fault(operation, "it decompresses to more than is allowed", "too-large"))
        return (), _TOO_LARGE
    faults += content.judge(body, media, rules, bounds)
    return content.unvalidated, None


def _fault(operation: Operation, message: str, code: str) -> Fault:
    return Fault("body", "", message, code, operation.body_pointer)


def _times(wanted: bytes, request: Request) -> int:
    return sum(name == wanted for name, _ in request.headers)


def _unsupported(declared: Choices[Content]) -> Refusal:
    names = ", ".join(declared.names)
    return Refusal(
        415, "media-type", "The media type is not one that the contract declares", f"Declared: {names}.",
        headers=((b"accept", names.encode("latin-1", "replace")),),
    )  # fmt: skip


_NO_VALUES: dict[str, str] = {}
_NO_COOKIES: dict[str, list[str]] = {}
_TOO_LARGE = Refusal(413, "too-large", "The body is too large")
_UNKNOWN_CODING = Refusal(
    415, "content-coding", "The content coding is not known here", headers=((b"accept-encoding", ACCEPTED),)
)
_SYNTAX = frozenset({
    "missing-body", "duplicate-key", "too-deep", "trailing-bytes", "syntax", "surrogate", "encoding", "boundary", "part-headers",
    "content-type", "content-coding", "too-many", "doctype",
})  # fmt: skip


def cookies_of(request: Request) -> dict[str, list[str]]:
    """Cookies by name (RFC 6265 section 5.4); quotes around a value do not count."""
    found: dict[str, list[str]] = {}
    for name, value in request.headers:
        if name == b"cookie":
            for pair in _COOKIE.split(value.decode("latin-1").strip()):
                key, equals, held = pair.partition("=")
                if equals:
                    found.setdefault(key.strip(), []).append(held.strip().strip('"'))
    return found
