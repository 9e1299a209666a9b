from __future__ import annotations

from typing import Any

from gateway.pipeline.limiting import demands, granted, limit
from gateway.rates import Grant, Rates
from gateway.snapshot.contract import Consumer, Plan
from gateway.verdicts import Decision, Refusal
from tests.gateway.world import ORDERS, operation, orders

LIMITED = (
    ORDERS.replace("    get:\n", "    get:\n      x-rate-limit: {limit: 2, window: 60}\n", 1)
    .replace("  /orders:\n", "  /orders:\n    x-rate-limit: {limit: 3, window: 60}\n")
    .replace("paths:\n", "x-rate-limit: {limit: 4, window: 60, plan: standard}\npaths:\n", 1)
)


def decision(text: str = LIMITED, plan: str | None = "standard", **facts: Any) -> Decision:
    snapshot = orders(text=text)
    held = operation(snapshot, "GET", "/erp/v1/orders")
    contract = held.contract
    plans = {(contract.name, contract.major): Plan(plan, 5, 60, 5)} if plan else {}
    consumer = Consumer("c1", "acme", plans)
    return Decision(contract=contract, operation=held, consumer=consumer, **facts)


def scopes(held: Decision, peer: str = "") -> list[tuple[str, str]]:
    return [(demand.key[0], demand.key[1]) for demand in demands(held, peer)]


def test_the_operation_its_path_the_contract_and_the_plan() -> None:
    assert scopes(decision()) == [
        ("c1", "Orders GET /orders"),
        ("c1", "Orders /orders"),
        ("c1", "Orders contract"),
        ("c1", "Orders"),
    ]


def test_a_limit_for_one_plan_is_for_that_plan() -> None:
    assert ("c1", "Orders contract") not in scopes(decision(plan="gold"))
    assert scopes(decision(ORDERS, plan=None)) == []


def test_strangers_are_told_apart_by_their_address() -> None:
    stranger = decision(plan=None)
    stranger.consumer = None
    assert scopes(stranger, "192.0.2.7")[0][0] == "address 192.0.2.7"
    assert scopes(stranger, "2001:db8::7") == scopes(stranger, "2001:db8::8")
    assert scopes(stranger, "2001:db8::7") != scopes(stranger, "2001:db8:0:1::7")


def test_the_first_that_is_used_up_refuses() -> None:
    rates = Rates()
    held = [decision() for _ in range(3)]
    for one in held:
        limit(one, rates, 0.0)
    assert [one.refusal is None for one in held] == [True, True, False]
    refused = held[2].refusal
    assert refused is not None
    assert refused.detail == "GET /orders allows 2 calls in 60 s. Try again in 30 s."
    assert len([name for name, _ in held[0].headers if name == b"ratelimit"]) == 4


def test_a_plans_quota_counts_beside_its_rate() -> None:
    text = ORDERS
    rates, held = Rates(), []
    for now in (0.0, 0.0, 10.0, 20.0, 30.0):
        one = decision(text)
        assert one.contract is not None
        assert one.consumer is not None
        quota = Plan("standard quota", 3, 86_400, 3)
        plan = Plan("standard", 60, 60, 1, quota)
        one.consumer = Consumer("c1", "acme", {(one.contract.name, one.contract.major): plan})
        assert [demand.key[1] for demand in demands(one)] == ["Orders", "Orders quota"]
        limit(one, rates, now)
        held.append(one)
    assert [one.refusal is None for one in held] == [True, False, True, True, False]
    told = [dict(one.headers)[b"ratelimit"] for one in held]
    assert told[0] == b'"standard quota";r=2;t=28800'
    assert told[1] == b'"standard";r=0;t=1', "a call that comes too fast is not taken from the quota"
    assert told[4].startswith(b'"standard quota";r=0;t=')
    assert held[4].refusal is not None
    assert held[4].refusal.detail.startswith("The plan standard quota allows 3 calls in 86400 s.")
    assert (b"retry-after", b"28770") in held[4].headers


def test_grants_from_elsewhere_count_the_same() -> None:
    held = decision()
    asked = demands(held)
    granted(held, asked, [Grant(True, 1, 1, 0), Grant(False, 0, 30, 20)])
    assert held.refusal is not None
    assert (held.refusal.status, dict(held.headers)[b"retry-after"]) == (429, b"20")
    away = decision()
    granted(away, asked, Refusal(503, "limits-unavailable", "x"))
    assert away.refusal is not None
    assert away.refusal.status == 503
