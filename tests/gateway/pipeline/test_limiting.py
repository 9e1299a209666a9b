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
    assert len(fields(held[0], b"ratelimit")) == 4


def fields(held: Decision, name: bytes) -> list[str]:
    return [value.decode() for found, value in held.headers if found == name]


def test_a_call_that_one_refuses_is_taken_from_none_and_all_are_told() -> None:
    rates = Rates()
    held = [decision() for _ in range(9)]
    for one in held:
        limit(one, rates, 0.0)
    assert sum(one.refusal is None for one in held) == 2
    assert fields(held[8], b"ratelimit") == [
        '"GET /orders";r=0;t=30',
        '"/orders";r=1;t=20',
        '"contract";r=2;t=15',
        '"standard";r=3;t=12',
    ]
    assert fields(held[8], b"retry-after") == ["30"]


def test_the_longest_wait_is_told_where_several_refuse() -> None:
    held = decision(
        LIMITED.replace("limit: 3", "limit: 2").replace(
            "/orders:\n    x-rate-limit: {limit: 2, window: 60}",
            "/orders:\n    x-rate-limit: {limit: 2, window: 600}",
        )
    )
    rates = Rates()
    for _ in range(3):
        held.headers, held.refusal = (), None
        limit(held, rates, 0.0)
    assert fields(held, b"retry-after") == ["300"]
    assert held.refusal is not None
    assert held.refusal.detail.startswith("/orders allows 2 calls in 600 s.")


LISTED = ORDERS.replace(
    "    get:\n",
    "    get:\n      x-rate-limit: [{limit: 2, window: 1}, {limit: 3, window: 86400}, {limit: 1, window: 60, plan: trial}]\n",
    1,
)


def test_all_limits_of_a_list_hold() -> None:
    rates, held = Rates(), []
    for now in (0.0, 0.0, 0.0, 1.0, 2.0):
        one = decision(LISTED, plan=None)
        limit(one, rates, now)
        held.append(one)
    assert [one.refusal is None for one in held] == [True, True, False, True, False]
    assert fields(held[0], b"ratelimit-policy") == [
        '"GET /orders per second";q=2;w=1',
        '"GET /orders per day";q=3;w=86400',
    ]
    assert fields(held[2], b"ratelimit") == [
        '"GET /orders per second";r=0;t=1',
        '"GET /orders per day";r=1;t=28800',
    ]
    assert fields(held[4], b"retry-after") == ["28798"]
    assert [scope for _, scope in scopes(decision(LISTED, plan="trial"))] == [
        "Orders GET /orders per second",
        "Orders GET /orders per day",
        "Orders GET /orders per minute for trial",
        "Orders",
    ]


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
    told = [fields(one, b"ratelimit") for one in held]
    assert told[0][1] == '"standard quota";r=2;t=28800'
    assert told[1] == ['"standard";r=0;t=1', '"standard quota";r=2;t=28800'], (
        "nothing of it is taken from the quota"
    )
    assert told[4][0] == '"standard";r=1;t=1', "nor the other way round"
    assert told[4][1].startswith('"standard quota";r=0;t=')
    assert held[4].refusal is not None
    assert held[4].refusal.detail.startswith("The plan standard quota allows 3 calls in 86400 s.")
    assert (b"retry-after", b"28770") in held[4].headers


def test_grants_from_elsewhere_count_the_same() -> None:
    held = decision()
    asked = demands(held)
    yes = Grant(True, 1, 1, 0)
    granted(held, asked, [yes, Grant(False, 0, 30, 20), yes, yes])
    assert held.refusal is not None
    assert (held.refusal.status, dict(held.headers)[b"retry-after"]) == (429, b"20")
    away = decision()
    granted(away, asked, Refusal(503, "limits-unavailable", "x"))
    assert away.refusal is not None
    assert away.refusal.status == 503
