"""Two versions of one line under one base path, and who is served which."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from gateway.callers.evidence import NONE
from gateway.pipeline import admit, decide
from gateway.rates import Rates
from gateway.rules import Rules
from gateway.snapshot.compiling import Compiled, compile_contract
from gateway.snapshot.contract import Consumer, Contract, Key, Plan
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.verdicts import Decision, Request
from tests.gateway.world import ORDERS, api_of

NEW = ORDERS.replace("version: 1.2.0", "version: 1.5.0").replace(
    "required: [sku, quantity]", "required: [sku, quantity, price]"
)
OLD = ORDERS.replace("version: 1.2.0", "version: 1.4.2").replace("  /events:", "  /legacy:")
PLAN = Plan("standard", 2, 60, 2)
LINE = ("erp/orders", 1)


def compiled(text: str, version: str, **changes: object) -> Compiled:
    contract = Contract(
        "erp/orders", version, ("/erp/v1",), (f"http://{version}:1",), upstream_path="", access="key"
    )
    return compile_contract(replace(contract, **changes), api_of(text))  # type: ignore[arg-type]


def key(name: str) -> bytes:
    return f"lk_{name:k<8}_secret".encode()


def world(**changes: object) -> Snapshot:
    people = [
        Consumer("c1", "pinned", {LINE: PLAN}, {}, {LINE: "1.4.2"}),
        Consumer("c2", "free", {LINE: PLAN}),
        Consumer("c3", "ahead", {LINE: PLAN}, {}, {LINE: "1.5.0"}),
        Consumer("c4", "lost", {LINE: PLAN}, {}, {LINE: "1.3.0"}),
    ]
    keys = {
        f"{held.name:k<8}": Key(held.name, hashlib.sha256(key(held.name)).digest(), None, held)
        for held in people
    }
    return snapshot(
        [compiled(NEW, "1.5.0")],
        id="t",
        keys=keys,
        consumers=people,
        pinned=[compiled(OLD, "1.4.2", **changes)],
    )


def call(
    held: Snapshot, who: str, method: str = "GET", path: bytes = b"/erp/v1/orders", rates: Rates | None = None
) -> Decision:
    headers = [(b"x-api-key", key(who))] if who else []
    return admit(held, Request(method, path, headers=headers), rates, 0.0)


def reason(decision: Decision) -> tuple[int, str] | None:
    return None if decision.refusal is None else (decision.refusal.status, decision.refusal.code)


def version(decision: Decision) -> str | None:
    return decision.contract.version if decision.contract is not None else None


@pytest.mark.parametrize(("who", "served"), [("pinned", "1.4.2"), ("free", "1.5.0"), ("ahead", "1.5.0")])
def test_each_consumer_is_served_its_version(who: str, served: str) -> None:
    decision = call(world(), who)
    assert (reason(decision), version(decision)) == (None, served)
    assert decision.operation is not None
    assert decision.operation.contract.upstreams == (f"http://{served}:1",)
    assert decision.target == b"/orders"
    assert decision.consumer is not None


def test_bodies_are_held_against_the_pinned_version() -> None:
    body = b'{"sku":"a","quantity":1}'
    headers = [
        (b"content-type", b"application/json"),
        (b"idempotency-key", b"6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"),
    ]
    request = ("POST", b"/erp/v1/orders", b"")
    old = decide(world(), Request(*request, [*headers, (b"x-api-key", key("pinned"))], body))
    new = decide(world(), Request(*request, [*headers, (b"x-api-key", key("free"))], body))
    assert (reason(old), reason(new)) == (None, (422, "invalid-request"))


def test_paths_belong_to_the_version() -> None:
    held = world()
    assert version(call(held, "pinned", path=b"/erp/v1/legacy")) == "1.4.2"
    assert reason(call(held, "free", path=b"/erp/v1/legacy")) == (404, "not-found")
    assert reason(call(held, "", path=b"/erp/v1/legacy")) == (404, "not-found")
    gone = call(held, "pinned", path=b"/erp/v1/events")
    assert (reason(gone), version(gone)) == ((404, "not-found"), "1.4.2")
    assert reason(call(held, "pinned", path=b"/erp/v1/nowhere")) == (404, "not-found")


def test_methods_belong_to_the_version() -> None:
    fewer = OLD.replace("    post:\n", "    x-post:\n")
    held = replace_pinned(world(), compiled(fewer, "1.4.2"))
    refused = call(held, "pinned", "POST")
    assert reason(refused) == (405, "method-not-allowed")
    assert refused.refusal is not None
    assert refused.refusal.headers == ((b"allow", b"GET"),)


def test_a_version_that_is_not_there_refuses_those_who_are_pinned_to_it() -> None:
    held = world(broken="it cannot be read")
    assert reason(call(held, "lost")) == (503, "pinned-version")
    broken = call(held, "pinned")
    assert reason(broken) == (503, "pinned-version")
    assert "it cannot be read" in (broken.refusal.detail if broken.refusal else "")
    assert reason(call(held, "free")) is None


def test_the_pinned_version_has_its_own_end() -> None:
    held = world(sunset=-1.0)
    assert reason(call(held, "pinned")) == (410, "gone")
    assert reason(call(held, "free")) is None


def test_the_plan_is_one_for_the_line() -> None:
    held, rates = world(), Rates()
    answers = [reason(call(held, "pinned", rates=rates)) for _ in range(3)]
    assert answers == [None, None, (429, "rate-limited")]


def test_the_security_of_the_pinned_version_counts_as_well() -> None:
    secured = OLD.replace("paths:", "security: [{other: []}]\npaths:").replace(
        "components:",
        "components:\n  securitySchemes: {other: {type: apiKey, in: header, name: X-Other}}",
    )
    pinned = compiled(secured, "1.4.2", rules=Rules(security="presence"))
    pinned = compile_contract(
        replace(pinned.contract, schemes=api_of(secured).security_schemes), api_of(secured)
    )
    held = replace_pinned(world(), pinned)
    assert reason(call(held, "pinned")) == (401, "no-credentials")
    request = Request("GET", b"/erp/v1/orders", headers=[(b"x-api-key", key("pinned")), (b"x-other", b"x")])
    assert reason(admit(held, request, None, 0.0, NONE)) is None


def replace_pinned(held: Snapshot, entry: Compiled) -> Snapshot:
    return snapshot(held.compiled, id="t", keys=held.keys, consumers=held.consumers.values(), pinned=[entry])
