import asyncio
from collections.abc import Awaitable
from pathlib import Path

import orjson
import pytest

from gateway.http.administration import Answer
from gateway.verdicts import Request
from gateway.workers.administration import together
from gateway.workers.merging import told
from gateway.workers.peers import Peers


def alone(request: Request) -> Answer:
    return 200, [], b"alone"


async def asked(tmp_path: Path, path: bytes, *statuses: str, method: str = "GET") -> Answer:
    """What worker 0 answers where the workers say so of themselves; an empty word stands for none."""

    def peers(number: int, status: str) -> Peers:
        answers = {
            "ready": lambda: orjson.dumps({"status": status, "contracts": number}),
            "metrics": lambda: told([]),
        }
        return Peers(tmp_path, number, len(statuses), answers, patience=0.5)

    made = [peers(number, status) for number, status in enumerate(statuses)]
    answer = together(alone, made[0])

    async def within(left: list[tuple[Peers, str]]) -> Answer:
        if left:
            if not left[0][1]:
                return await within(left[1:])
            async with left[0][0].listening():
                return await within(left[1:])
        found = answer(Request(method, path))
        return await found if isinstance(found, Awaitable) else found

    return await within(list(zip(made, statuses, strict=True)))


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("ready", "ready"), 200),
        (("ready", "not ready"), 503),
        (("ready", ""), 200),
        (("not ready", ""), 503),
    ],
)
def test_ready_is_where_all_that_answer_are(tmp_path: Path, statuses: tuple[str, ...], status: int) -> None:
    code, _, body = asyncio.run(asked(tmp_path, b"/-/readyz", *statuses))
    held = orjson.loads(body)
    assert code == status
    assert held["status"] == ("ready" if status == 200 else "not ready")
    assert held["workers"]["1"]["status"] == (statuses[1] or "does not answer")


def test_metrics_are_those_of_all(tmp_path: Path) -> None:
    _, headers, body = asyncio.run(asked(tmp_path, b"/-/metrics", "ready", ""))
    assert b'lading_gateway_worker_up{worker="0"} 1.0' in body
    assert b'lading_gateway_worker_up{worker="1"} 0.0' in body
    assert dict(headers)[b"content-type"].startswith(b"text/plain")


def test_the_rest_is_the_workers_own(tmp_path: Path) -> None:
    assert asyncio.run(asked(tmp_path, b"/-/healthz", "ready", "ready"))[2] == b"alone"
    assert asyncio.run(asked(tmp_path, b"/-/metrics", "ready", "ready", method="POST"))[2] == b"alone"
