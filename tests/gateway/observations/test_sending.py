import asyncio
import json
from pathlib import Path
from typing import Any

import httpx

from gateway.observations.sending import Sender
from gateway.observations.spool import Spool


def batches(
    statuses: list[int | Exception], spool: Spool, rounds: int = 1
) -> tuple[list[dict[str, Any]], list[bool], Sender]:
    received: list[dict[str, Any]] = []
    answers = iter(statuses)

    def answer(request: httpx.Request) -> httpx.Response:
        received.append(json.loads(request.content))
        assert request.headers["authorization"] == "Bearer secret"
        status = next(answers)
        if isinstance(status, Exception):
            raise status
        return httpx.Response(status)

    sender = Sender(
        spool, "http://registry", "secret", "gw", "default", transport=httpx.MockTransport(answer)
    )

    async def send() -> list[bool]:
        return [await sender.send_all() for _ in range(rounds)]

    return received, asyncio.run(send()), sender


def spool_with(folder: Path, count: int = 2) -> Spool:
    spool = Spool(folder)
    for _ in range(count):
        spool.count("a", lambda: {"kind": "call", "contract": "erp/orders", "status": 200}, 0.5)
    spool.count("v", lambda: {"kind": "violation", "fingerprint": "f"}, 1.0)
    spool.seal()
    return spool


def test_a_batch_as_the_registry_wants_it(tmp_path: Path) -> None:
    spool = spool_with(tmp_path)
    received, sent, _ = batches([202], spool)
    times = {"first_at": "1970-01-01T00:00:00.500Z", "last_at": "1970-01-01T00:00:00.500Z"}
    assert sent == [True]
    (batch,) = received
    assert batch["calls"] == [{"contract": "erp/orders", "status": 200, "count": 2, **times}]
    assert batch["violations"][0]["fingerprint"] == "f"
    assert (batch["gateway"], batch["environment"]) == ("gw", "default")
    assert spool.sealed == []


def test_the_same_batch_again_until_it_arrives(tmp_path: Path) -> None:
    spool = spool_with(tmp_path)
    received, sent, sender = batches([httpx.ConnectError("down"), 503, 401, 200], spool, rounds=4)
    assert sent == [False, False, False, True]
    assert len({batch["batch"] for batch in received}) == 1
    assert sender.problem == ""


def test_what_is_refused_for_good_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    spool = spool_with(tmp_path)
    _received, sent, sender = batches([422], spool)
    assert (sent, spool.sealed, sender.refused) == ([True], [], 1)
    assert "set aside" not in sender.problem or sender.refused


def test_at_the_end_the_open_segment_is_sent_too(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.count("a", lambda: {"kind": "call"}, 1.0)
    received: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        received.append(request.content)
        return httpx.Response(202)

    sender = Sender(spool, "http://registry", "", "gw", "default", transport=httpx.MockTransport(answer))
    asyncio.run(sender.finish())
    assert len(received) == 1
