from __future__ import annotations

import threading

import httpx
import pytest
from jsonschema import Draft202012Validator

from contracts.model import HttpApi, build
from contracts.references import from_files
from contracts.schemas import Direction, Translator
from lading.demo import traffic
from specs import path


def test_each_call_carries_its_applications_key_and_is_counted() -> None:
    seen: list[httpx.Request] = []

    def gateway(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(410 if "/v1/orders" in request.url.path else 200)

    keys = {call.consumer: f"key of {call.consumer}" for call in traffic.ROUND}
    with httpx.Client(base_url="http://gateway", transport=httpx.MockTransport(gateway)) as client:
        statuses = traffic.send(client, keys)
    assert sum(statuses.values()) == len(traffic.ROUND)
    assert statuses[410] == 2
    for call, request in zip(traffic.ROUND, seen, strict=True):
        assert request.headers["X-API-Key"] == keys[call.consumer]
        assert ("Idempotency-Key" in request.headers) == call.idempotent


def test_of_the_two_jobs_one_is_as_the_contract_says_and_one_is_not() -> None:
    api = build(from_files({"a.yaml": path("last-mile.openapi").read_bytes()}, "a.yaml"))
    assert isinstance(api, HttpApi)
    (operation,) = (o for o in api.operations if o.operation_id == "createDeliveryJob")
    assert operation.body is not None
    schema = operation.body.content["application/json"].schema
    assert schema is not None
    validator = Draft202012Validator(Translator(api.documents).translate(schema, Direction.REQUEST).schema)
    bodies = [call.body for call in traffic.ROUND if call.body is not None]
    assert [validator.is_valid(body) for body in bodies] == [True, False]
    assert [list(error.path) for error in validator.iter_errors(bodies[1])] == [["recipient", "country"]]


def test_the_trickle_says_when_the_gateway_is_away_and_stops_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traffic, "PAUSE", 0.01)
    told = threading.Event()
    keys = {call.consumer: "k" for call in traffic.ROUND}
    with traffic.Trickle("http://127.0.0.1:9", keys, lambda message: told.set()):
        assert told.wait(10)
