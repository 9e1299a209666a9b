"""A response held against its operation."""

from __future__ import annotations

from typing import TypeAlias

from gateway.bodies.codings import TooLarge, UnknownCoding, decoded
from gateway.malformed import Malformed
from gateway.parameters.parameter import Sources
from gateway.parameters.text import NOTHING
from gateway.snapshot.naming import read
from gateway.snapshot.operation import Answer, Operation
from gateway.verdicts import PASSED, Bounds, Fault, Refusal, Response, Verdict, fields_of

_NO_CONTENT = frozenset({204, 304})
_Found: TypeAlias = tuple[tuple[Fault, ...], tuple[str, ...]]
"""What is wrong, and what could not be looked at."""
_NOTHING_FOUND: _Found = ((), ())


def judge_response(operation: Operation, method: str, response: Response, bounds: Bounds) -> Verdict:
    """What is wrong with a response. Where the mode enforces, the verdict refuses with 502."""
    mode = operation.modes.response
    if mode == "off":
        return Verdict(unvalidated=("response validation is off",))
    answer = operation.answer(response.status)
    if answer is None:
        faults, unvalidated = _undeclared_status(operation, response.status)
    else:
        faults, unvalidated = _fields(answer, operation, response, bounds)
        if method != "HEAD" and response.status not in _NO_CONTENT:
            wrong, blind = _body(operation, answer, response, bounds)
            faults, unvalidated = faults + wrong, unvalidated + blind
    if unvalidated and operation.contract.rules.unvalidated == "refuse":
        faults += (_fault(f"it cannot be judged: {unvalidated[0]}", "unvalidated"),)
    if not faults:
        return PASSED if not unvalidated else Verdict(unvalidated=unvalidated)
    faults = tuple(sorted(faults, key=lambda fault: not fault.refuses))[: bounds.faults]
    refuses = mode == "enforce" and any(fault.refuses for fault in faults)
    return Verdict(_refusal(faults) if refuses else None, faults, unvalidated)


def _refusal(faults: tuple[Fault, ...]) -> Refusal:
    first = next(fault for fault in faults if fault.refuses)
    detail = f"{first.place} {first.pointer or '(whole)'}: {first.message}"
    return Refusal(
        502, "invalid-response", "The upstream's response does not follow the contract", detail, faults
    )


def _undeclared_status(operation: Operation, status: int) -> _Found:
    if operation.contract.rules.undeclared_status == "refuse":
        message = f"the contract does not declare the status {status}"
        return (Fault("status", "", message, "undeclared-status"),), ()
    return (), (f"status {status} is not declared",)


def _fields(answer: Answer, operation: Operation, response: Response, bounds: Bounds) -> _Found:
    if not answer.headers and answer.strangers is None:
        return _NOTHING_FOUND
    found: tuple[Fault, ...] = ()
    unvalidated: tuple[str, ...] = ()
    fields = fields_of(response.headers)
    sources = Sources({}, NOTHING, fields, {})
    for header in answer.headers:
        found += header.judge(sources, operation.contract.rules, bounds.faults)
        unvalidated += header.unvalidated
    if answer.strangers is not None:
        found += tuple(answer.strangers.find(fields))
    return found, unvalidated


def _body(operation: Operation, answer: Answer, response: Response, bounds: Bounds) -> _Found:
    body = response.body
    if not answer.described:
        if body and operation.contract.rules.undeclared_body == "refuse":
            return (_fault(f"the contract declares no body for {answer.status}", "undeclared-body"),), ()
        return (), ((f"the body of {answer.status} is not described",) if body else ())
    given = coding = None
    for name, value in response.headers:
        if name == b"content-type":
            given = value
        elif name == b"content-encoding":
            coding = value
    if given is None:
        if not body:
            return (_fault("the body is missing", "required"),), ()
        return (_fault("the body has no Content-Type", "media-type"),), ()
    rules = operation.contract.rules
    try:
        found = answer.usual.get(given)
        media, content = found or read(given, answer.content, lenient=rules.multipart == "lenient")
        if content is None:
            return _undeclared(operation)
        if coding is not None:
            body = decoded(body, coding.decode("latin-1"), bounds.response_body)
    except Malformed as error:
        return (_fault(error.message, error.code),), ()
    except UnknownCoding:
        return (_fault("the content coding is not known here", "content-coding"),), ()
    except TooLarge:
        return (_fault("it decompresses to more than is looked at", "too-large"),), ()
    return content.judge(body, media, rules, bounds), content.unvalidated


def _undeclared(operation: Operation) -> _Found:
    message = "the contract does not declare this media type for the status"
    if operation.contract.rules.undeclared_response_type == "refuse":
        return (_fault(message, "media-type"),), ()
    return (), (message,)


def _fault(message: str, code: str) -> Fault:
    return Fault("body", "", message, code)
