import asyncio
from collections.abc import MutableMapping
from typing import Any

import orjson
import pytest

from gateway.asgi.answering import Answering
from gateway.pipeline import decide
from gateway.snapshot.operation import Mode, Modes
from gateway.verdicts import Bounds, Request
from tests.gateway.world import orders

JSON = (b"content-type", b"application/json")
Sent = list[MutableMapping[str, Any]]


def answered(
    *parts: bytes,
    mode: Mode = "enforce",
    status: int = 200,
    header: tuple[bytes, bytes] = JSON,
    path: bytes = b"/erp/v1/orders",
    whole: bool = True,
) -> tuple[Answering, Sent]:
    snapshot = orders(modes=Modes("enforce", mode), bounds=Bounds(response_body=100))
    decision = decide(snapshot, Request("GET", path))
    sent: Sent = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def run() -> Answering:
        made = Answering(decision, "GET", snapshot.bounds, send)
        await made.send({"type": "http.response.start", "status": status, "headers": [header]})
        for number, part in enumerate(parts, 1):
            more = number < len(parts) or not whole
            await made.send({"type": "http.response.body", "body": part, "more_body": more})
        return made

    return asyncio.run(run()), sent


def body(sent: Sent) -> bytes:
    return b"".join(message.get("body", b"") for message in sent)


def test_a_good_response_goes_out_as_it_was() -> None:
    made, sent = answered(b'[{"sku":"a",', b'"quantity":1}]')
    assert made.done
    assert made.refusal is None
    assert body(sent) == b'[{"sku":"a","quantity":1}]'
    assert sent[0]["headers"] == [JSON]


def test_a_bad_one_is_withheld_where_the_mode_enforces() -> None:
    made, sent = answered(b'[{"secret":"s3cr3t"}]')
    assert sent[0]["status"] == made.status == 502
    assert orjson.loads(body(sent))["type"] == "urn:lading:problem:invalid-response"
    assert b"s3cr3t" not in body(sent)


def test_it_passes_where_the_mode_monitors() -> None:
    made, sent = answered(b'[{"secret":"s"}]', mode="monitor")
    assert sent[0]["status"] == 200
    assert made.verdict is not None
    assert made.verdict.faults


@pytest.mark.parametrize(("mode", "status"), [("enforce", 502), ("monitor", 200)])
def test_what_is_too_large_has_a_declared_outcome(mode: Mode, status: int) -> None:
    made, sent = answered(b"[" + b" " * 60, b" " * 60, b"]", mode=mode)
    assert sent[0]["status"] == status
    assert made.done
    if mode == "monitor":
        assert len(body(sent)) == 122


def test_a_stream_passes_as_it_comes() -> None:
    made, sent = answered(
        b"data: 1\n\n", path=b"/erp/v1/events", header=(b"content-type", b"text/event-stream"), whole=False
    )
    assert body(sent) == b"data: 1\n\n"
    assert not made.done


def test_nothing_goes_out_of_a_response_that_never_ends() -> None:
    made, sent = answered(b"[", whole=False)
    assert sent == []
    assert not made.done
