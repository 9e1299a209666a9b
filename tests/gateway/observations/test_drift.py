from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import orjson
import pytest

from gateway.observations.drift import Drift
from gateway.observations.spool import Spool
from gateway.rules import Rules
from tests.gateway.world import HEADERS, ORDERS, answering, orders, running

TEXT = ORDERS.replace(
    "price: {type: number}", "price: {type: number}\n        kind: {enum: [normal, express]}"
).replace("      additionalProperties: false\n", "")
JSON = b"content-type: application/json"


class Watch:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def seen(
    folder: Path,
    calls: list[tuple[str, str, Any]],
    answer: tuple[int, Any] = (200, []),
    *,
    step: float = 2.0,
    **options: Any,
) -> list[str]:
    spool, watch = Spool(folder), Watch()
    drift = Drift(spool, watch, **options)
    status, body = answer

    async def scenario() -> None:
        async with running(
            answering(status, orjson.dumps(body), [JSON]),
            lambda url: orders(url, text=TEXT, rules=Rules(unknown_query="allow", undeclared_status="allow")),
            observers=(drift,),
        ) as gateway:
            for method, path, content in calls:
                sent = b"" if content is None else orjson.dumps(content)
                await gateway.call(method, path, sent, HEADERS if content is not None else ())
                watch.now += step

    asyncio.run(scenario())
    spool.close()
    return [
        f"{key['operation']} {'' if key['declared'] else '!'}{key['part']} {key['pointer']}"
        + ("" if key["value"] is None else f"={key['value']}")
        for segment in spool.sealed
        for key in (counted.key for counted in segment.read())
    ]


def test_parameters_bodies_values_and_statuses_that_are_used(tmp_path: Path) -> None:
    order = {"sku": "SECRET", "quantity": 1, "kind": "express", "colour": "SECRET"}
    found = seen(tmp_path, [("POST", "/erp/v1/orders", order)], (201, {"sku": "a", "quantity": 2, "id": "7"}))
    assert found == [
        "POST /orders status /201",
        "POST /orders header /Idempotency-Key",
        "POST /orders request /sku",
        "POST /orders request /quantity",
        "POST /orders request /kind",
        "POST /orders request /kind=express",
        "POST /orders !request /colour",
        "POST /orders response 201 /sku",
        "POST /orders response 201 /quantity",
        "POST /orders response 201 /id",
    ]
    assert "SECRET" not in str(found)


def test_queries_and_lists(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        [("GET", "/erp/v1/orders?limit=5&state=open&debug=SECRET&9f86d081884c7d65=1", None)],
        (200, [{"sku": "a", "quantity": 1, "new": 1}]),
    )
    assert found == [
        "GET /orders status /200",
        "GET /orders query /limit",
        "GET /orders query /state",
        "GET /orders query /state=open",
        "GET /orders !query /debug",
        "GET /orders !query /*",
        "GET /orders response 200 /*/sku",
        "GET /orders response 200 /*/quantity",
        "GET /orders !response 200 /*/new",
    ]


def test_a_status_that_is_not_declared(tmp_path: Path) -> None:
    assert seen(tmp_path, [("GET", "/erp/v1/orders", None)], (207, {})) == ["GET /orders !status /207"]


def test_what_was_told_is_not_told_again_for_an_hour(tmp_path: Path) -> None:
    calls = [("GET", "/erp/v1/orders?limit=5", None)] * 5
    assert len(seen(tmp_path / "a", calls)) == 2
    assert len(seen(tmp_path / "b", calls, step=1000.0)) == 2
    assert len(seen(tmp_path / "c", calls, step=4000.0)) == 2, "one segment holds each once"


def test_few_calls_are_looked_at_and_every_status_is_noted(tmp_path: Path) -> None:
    calls = [("GET", f"/erp/v1/orders?limit={number}&q{number % 3}x=1", None) for number in range(1, 7)]
    assert seen(tmp_path / "a", calls, step=0.0) == [
        "GET /orders status /200", "GET /orders query /limit", "GET /orders !query /q1x",
    ]  # fmt: skip
    assert seen(tmp_path / "b", calls, step=0.0, every=0.0, looks=0) == ["GET /orders status /200"]
    assert len(seen(tmp_path / "c", calls, step=0.0, every=0.0, looks=2)) == 4


def test_undeclared_names_are_bounded(tmp_path: Path) -> None:
    query = "&".join(f"n{chr(97 + number % 26)}{chr(97 + number // 26)}=1" for number in range(200))
    found = seen(tmp_path, [("GET", f"/erp/v1/orders?{query}", None)])
    assert len(found) == 32
    assert found[-1] == "GET /orders !query /…"


@pytest.mark.parametrize(("path", "status"), [("/erp/v1/nothing", 404), ("/erp/v1/orders?limit=x", 400)])
def test_what_the_gateway_refused_is_no_use(tmp_path: Path, path: str, status: int) -> None:
    assert seen(tmp_path, [("GET", path, None)]) == []
