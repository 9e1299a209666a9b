from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.document import parse
from gateway.snapshot.contract import Plan
from gateway.snapshot.limits import Limit, stated
from linters.lint import lint
from policies import rulesets
from tests.gateway.world import ORDERS, operation, orders


def one(value: Any) -> Limit:
    limits, unread = stated("GET /a", {"x-rate-limit": value})
    assert unread == []
    (limit,) = limits
    return limit


def test_the_whole_limit_may_come_at_once_unless_a_burst_is_stated() -> None:
    limit = one({"limit": 30, "window": 60})
    assert (limit.scope, limit.plan, limit.about) == ("GET /a", Plan("GET /a", 30, 60, 30), None)
    limit = one({"limit": 30, "window": 60, "burst": 5, "plan": "partner"})
    assert (limit.plan.burst, limit.about) == (5, "partner")


def test_an_operation_without_a_limit_has_none() -> None:
    assert stated("GET /a", {}) == ([], [])


def test_those_of_a_list_are_told_apart_by_name() -> None:
    second, half, again = {"limit": 1, "window": 1}, {"limit": 1, "window": 90}, {"limit": 5, "window": 1}
    value = [second, half, again, {**second, "plan": "partner"}, {**second, "plan": "partner (2)"}, again]
    limits, unread = stated("GET /a", {"x-rate-limit": value})
    names = [limit.scope for limit in limits]
    assert names[:3] == ["GET /a per second", "GET /a per 90 s", "GET /a per second (2)"]
    assert len(set(names)) == 6
    assert names == [limit.plan.name for limit in limits]
    assert unread == []


def test_of_a_list_what_is_understood_is_kept() -> None:
    limits, unread = stated("GET /a", {"x-rate-limit": [{"limit": 1, "window": 1}, {"limit": 1}]})
    assert [limit.scope for limit in limits] == ["GET /a per second"]
    assert unread == ["window of x-rate-limit is not a whole number from 1"]


@pytest.mark.parametrize(
    "value",
    [
        "600/min",
        {"limit": 0, "window": 60},
        {"limit": "60", "window": 60},
        {"limit": 60},
        {"limit": True, "window": 1},
        [],
        [{"limit": 1, "window": 1}] * 9,
    ],
)
def test_what_cannot_be_enforced_is_not_guessed(value: Any) -> None:
    limits, (reason,) = stated("GET /a", {"x-rate-limit": value})
    assert limits == []
    assert "x-rate-limit" in reason


def test_a_limit_that_is_not_understood_is_told_with_every_call() -> None:
    text = ORDERS.replace("    get:\n", "    get:\n      x-rate-limit: many\n", 1)
    compiled = operation(orders(text=text), "GET", "/erp/v1/orders")
    assert compiled.limits == ()
    assert any("x-rate-limit" in reason for reason in compiled.unvalidated)


def test_the_path_and_the_root_may_state_limits_too() -> None:
    text = ORDERS.replace("  /orders:\n", "  /orders:\n    x-rate-limit: {limit: 3, window: 60}\n")
    text = text.replace("paths:\n", "x-rate-limit: {limit: 9, window: 60}\npaths:\n", 1)
    found = operation(orders(text=text), "POST", "/erp/v1/orders").limits
    assert [(limit.scope, limit.plan.limit) for limit in found] == [("/orders", 3), ("contract", 9)]


@pytest.mark.parametrize(
    "value",
    [
        {"limit": 1, "window": 1},
        {"limit": 10**9, "window": 10**9, "burst": 1, "plan": "partner"},
        {"limit": 600.0, "window": 60},
        {"limit": 600.5, "window": 60},
        {"limit": 10**9 + 1, "window": 60},
        {"limit": 0, "window": 60},
        {"limit": 1, "window": -60},
        {"limit": 1, "window": 60, "burst": 0},
        {"limit": True, "window": 60},
        {"limit": "1", "window": 60},
        {"limit": 1},
        {"window": 60},
        [1, 60],
        [],
        [{"limit": 1, "window": 1}],
        [{"limit": 1, "window": 1}, {"limit": 10, "window": 60, "burst": 2, "plan": "partner"}],
        [{"limit": 1, "window": 1}, {"limit": 1, "window": 1}],
        [{"limit": 1, "window": 1}, {"limit": 1}],
        [{"limit": 1, "window": 1}] * 9,
        [[{"limit": 1, "window": 1}]],
        "600/min",
        600,
    ],
)
def test_the_rule_about_limits_accepts_what_the_gateway_can_keep(value: Any) -> None:
    _, unread = stated("GET /a", {"x-rate-limit": value})
    kept = not unread
    contract = {"openapi": "3.1.1", "paths": {"/a": {"get": {"x-rate-limit": value}}}}
    found = lint(parse(json.dumps(contract).encode(), "a.json"), rulesets.load("lading:rate-limits"))
    assert ("rate-limit-shape" not in {finding.code for finding in found}) is kept
