"""Where a call's processor time goes: each stage of a decision by itself, many times over, without a network.

Stages are timed with warm caches and nothing between them, so what they come to is the least that they cost; what
a call costs beyond them is the event loop, the kernel, and their effect on the caches.
"""

from __future__ import annotations

import hashlib
import time
import timeit
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httptools

from gateway.acceptors.acceptor import HOT, KNOWN, WORKSHOP
from gateway.bodies.jsons import parse_json
from gateway.bodies.media import parse_media_type
from gateway.bundle.compiling import compile_bundle
from gateway.checks.check import Check
from gateway.http import framing
from gateway.http.wire import request_head, response_head
from gateway.pipeline import admit, examine, judge_response
from gateway.rates import Rates
from gateway.snapshot.operation import Operation
from gateway.verdicts import Header, Request, Response, fields_of

from .orders import accepted, order, posted
from .serve import KEY, manifest

_TIMES = 1_000
_PART = "of that "
"""Begins the name of a stage that is part of the one before."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a call and what it takes, in microseconds, by the size of the order."""

    name: str
    us: dict[int, float]


class _Heard:
    """What llhttp tells about a message."""

    def __init__(self) -> None:
        self.headers: list[Header] = []

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value.rstrip(b" \t")))

    def on_body(self, data: bytes) -> None:
        self.body = data


def stages(sizes: Sequence[int]) -> list[Stage]:
    """Every stage, the request's before the response's."""
    found: dict[str, dict[int, float]] = {}
    for size in sizes:
        for name, us in _of(size):
            found.setdefault(name, {})[size] = us
    return [Stage(name, us) for name, us in found.items()]


def _of(size: int) -> Iterator[tuple[str, float]]:
    content = (Path(__file__).parent / "order.openapi.yaml").read_bytes()
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    snapshot = compile_bundle(manifest(9, digest), {digest: content}.get)
    body = order(size)
    asked, answered = posted(body, KEY), accepted(body)
    heard = _read(asked, response=False)
    now, rates = time.time(), Rates()

    def made() -> Request:
        fields = fields_of(heard.headers)
        framing.check("1.1", b"/erp/orders/v1/orders", heard.headers, fields)
        return Request("POST", b"/erp/orders/v1/orders", b"", heard.headers, body, "http", fields)

    request = made()
    decision = admit(snapshot, request, rates, now)
    operation = decision.operation
    assert operation is not None
    assert decision.refusal is None
    response = Response(200, _read(answered, response=True).headers, body)
    value = parse_json(body)
    declared = (
        operation.body.find(parse_media_type("application/json")) if operation.body is not None else None
    )
    assert declared is not None
    check = declared.check
    assert check is not None
    for held in (check, _answered(operation, response)):
        for _ in range(HOT):
            held.acceptor.judge(body)
        WORKSHOP.rest(60)
        assert held.acceptor.judge(body) == KNOWN
    compiled = _time(lambda: check.acceptor.judge(body))
    otherwise = _time(lambda: parse_json(body)) + _time(lambda: check.accepts(value))
    yield "llhttp reads the request", _time(lambda: _read(asked, response=False))
    yield "its head is held together", _time(made)
    yield "match, key, subscription, rate limit", _time(lambda: admit(snapshot, request, rates, now))
    yield "the request is judged", _time(lambda: examine(decision, request, snapshot.bounds))
    yield _PART + "its JSON, by the compiled schema", compiled
    yield _PART + "the same by parser and validator, before it is hot", otherwise
    yield (
        "the head for the upstream",
        _time(
            lambda: request_head(
                b"POST",
                b"/orders",
                b"127.0.0.1",
                b"",
                heard.headers,
                length=size,
                consumer=b"c1",
                restrict_coding=True,
            )
        ),
    )
    yield "llhttp reads the response", _time(lambda: _read(answered, response=True))
    yield (
        "the response is judged",
        _time(lambda: judge_response(operation, "POST", response, snapshot.bounds)),
    )
    yield _PART + "its JSON again, by the compiled schema", compiled
    yield (
        "the head for the caller",
        _time(
            lambda: response_head(
                200, response.headers, decision.headers, length=size, chunked=False, close=False
            )
        ),
    )


def _answered(operation: Operation, response: Response) -> Check:
    answer = operation.answer(response.status)
    assert answer is not None
    content = answer.content.find(parse_media_type("application/json"))
    assert content is not None
    assert content.check is not None
    return content.check


def _read(message: bytes, *, response: bool) -> _Heard:
    heard = _Heard()
    parser = httptools.HttpResponseParser(heard) if response else httptools.HttpRequestParser(heard)
    parser.feed_data(message)
    return heard


def _time(work: Callable[[], object]) -> float:
    return 1e6 * min(timeit.repeat(work, number=_TIMES, repeat=5)) / _TIMES


def table(found: Sequence[Stage]) -> str:
    """The stages in Markdown, with their sum."""
    sizes = list(found[0].us)
    lines = [
        "| stage | " + " | ".join(f"{size / 1000:g} KB" for size in sizes) + " |",
        "|---" * (len(sizes) + 1) + "|",
    ]
    lines += [
        f"| {stage.name} | " + " | ".join(f"{stage.us[size]:.1f} µs" for size in sizes) + " |"
        for stage in found
    ]
    sums = [sum(stage.us[size] for stage in found if not stage.name.startswith(_PART)) for size in sizes]
    lines.append("| all of these | " + " | ".join(f"{one:.0f} µs" for one in sums) + " |")
    return "\n".join(lines)
