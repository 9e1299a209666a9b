"""An open proxy, and what it learned."""

from __future__ import annotations

import gzip
from typing import Any

import orjson

from gateway.standalone import standalone
from gateway.traffic.learning.draft import Learner
from gateway.traffic.learning.drafting import Drafting
from gateway.traffic.learning.recording import LARGEST, Recording, everything
from gateway.traffic.learning.writing import dumped
from gateway.verdicts import Request
from tests.gateway.world import Handler, answering, api_of, in_loop, running

JSON = [(b"content-type", b"application/json")]
ORDER = {"sku": "SECRET-1", "quantity": 2, "customer": {"email": "ada@secret.example"}}


async def learned(
    handler: Handler, *calls: tuple[str, str, bytes, list[tuple[bytes, bytes]]]
) -> tuple[Learner, list[int], list[bytes]]:
    learner = Learner(servers=("https://orders.example/base",))
    async with running(handler, lambda url: everything((url,)), observers=(Recording(learner),)) as gateway:
        statuses = [
            (await gateway.call(method, path, body, headers))[0] for method, path, body, headers in calls
        ]
    return learner, statuses, gateway.seen.heads


def document(learner: Learner) -> dict[str, Any]:
    draft = learner.draft()
    assert "SECRET" not in str(draft)
    assert "secret" not in str(draft)
    return draft


@in_loop
async def test_everything_passes_and_becomes_a_draft() -> None:
    order = orjson.dumps(ORDER)
    learner, statuses, heads = await learned(
        answering(207, order),
        ("POST", "/v1/orders", order, JSON),
        ("GET", "/v1/orders/4711?expand=lines&SECRET0815=1", b"", [(b"authorization", b"Bearer SECRET")]),
        ("PATCH", "/v1/orders/4712/", b"not what it says", JSON),
    )
    assert statuses == [207] * 3
    assert b"authorization: Bearer SECRET" in heads[1]
    draft = document(learner)
    assert draft["servers"] == [{"url": "https://orders.example/base"}]
    assert set(draft["paths"]) == {"/v1/orders", "/v1/orders/{orderId}", "/v1/orders/{orderId}/"}
    read = draft["paths"]["/v1/orders/{orderId}"]["get"]
    assert [parameter["name"] for parameter in read["parameters"]] == ["orderId", "expand"]
    sent = draft["paths"]["/v1/orders"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert sent["properties"]["customer"]["properties"]["email"] == {"type": "string", "format": "email"}
    assert "requestBody" not in draft["paths"]["/v1/orders/{orderId}/"]["patch"]


@in_loop
async def test_the_draft_holds_for_the_traffic_that_it_came_from() -> None:
    order = orjson.dumps(ORDER)
    learner, _, _ = await learned(answering(201, order), ("POST", "/orders", order, JSON))
    text = dumped(document(learner))
    snapshot = standalone(api_of(text), "http://127.0.0.1:9", bases=("",))
    async with running(
        answering(201, order), lambda url: standalone(api_of(text), url, bases=("",))
    ) as gateway:
        assert (await gateway.call("POST", "/orders", order, JSON))[0] == 201
        assert (await gateway.call("POST", "/orders", b'{"sku":1}', JSON))[0] == 422
    assert snapshot.contracts[0].name == "Draft from traffic"


@in_loop
async def test_encoded_bodies_are_read_and_large_ones_are_not() -> None:
    packed = gzip.compress(orjson.dumps(ORDER))
    coded = answering(200, packed, [b"content-type: application/json", b"content-encoding: gzip"])
    learner, _, _ = await learned(coded, ("GET", "/orders", b"", []))
    assert "sku" in str(document(learner)["paths"]["/orders"]["get"]["responses"]["200"])
    large = orjson.dumps({"sku": "x" * LARGEST})
    learner, statuses, _ = await learned(
        answering(200, large, [b"content-type: application/json"]), ("GET", "/orders", b"", [])
    )
    assert statuses == [200]
    assert document(learner)["paths"]["/orders"]["get"]["responses"] == {
        "200": {"description": "OK", "content": {"application/json": {}}}
    }


@in_loop
async def test_what_the_upstream_does_not_have_is_no_operation_and_failures_teach_nothing() -> None:
    learner, statuses, _ = await learned(answering(404, b"{}"), ("GET", "/wp-login.php", b"", []))
    assert (statuses, document(learner)["paths"]) == ([404], {})
    recording = Recording(learner)
    snapshot = everything(("http://127.0.0.1:1",))
    async with running(answering(), lambda _: snapshot, observers=(recording,)) as gateway:
        assert (await gateway.call("GET", "/orders"))[0] == 502
    assert learner.left_out == 1
    assert recording.told() == {"exchanges": 1, "left_out": 1, "full": False}


@in_loop
async def test_the_path_of_an_upstream_stands_before_all_others() -> None:
    async with running(answering(200, b"{}"), lambda url: everything((f"{url}/base/",))) as gateway:
        await gateway.call("GET", "/orders?a=1")
    assert gateway.seen.heads[0].startswith(b"GET /base/orders?a=1 HTTP/1.1\r\n")


def test_the_draft_is_told_when_it_is_asked_for(tmp_path: Any) -> None:
    held = Drafting(Learner(), tmp_path / "draft.yaml")
    answer = held.administration(lambda request: (418, [], b""))
    told = answer(Request("GET", b"/-/draft"))
    assert isinstance(told, tuple)
    assert told[0] == 200
    assert b"openapi" in told[2]
    assert answer(Request("POST", b"/-/draft")) == answer(Request("GET", b"/-/healthz")) == (418, [], b"")
