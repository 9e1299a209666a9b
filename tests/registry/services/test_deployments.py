from __future__ import annotations

from typing import Any

import pytest

from registry.domain.access import SYSTEM
from registry.domain.errors import Conflict, Invalid, NotFound
from registry.services import Registry, deployments, publishing
from tests.registry.examples import proposal

UP = ["http://127.0.0.1:9001"]


def test_a_line_is_served_under_its_own_path(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        made = deployments.put(context, "erp/orders", 1, upstreams=["http://127.0.0.1:9001/"])
        assert (made.base_path, made.upstreams, made.access) == ("/erp/orders/v1", tuple(UP), "key")
        assert made.modes == {"request": "enforce", "response": "monitor"}
        noted = len(context.entries)
        assert deployments.put(context, "erp/orders", 1, upstreams=UP) == made
        assert len(context.entries) == noted
        changed = deployments.put(
            context,
            "erp/orders",
            1,
            upstreams=UP,
            modes={"response": "enforce"},
            operations={"GET /orders/{orderId}": {"request": "off"}},
        )
        assert changed.modes == {"request": "enforce", "response": "enforce"}
        assert deployments.browse(context, environment="default") == (changed,)
        assert deployments.browse(context, contract="erp/orders") == (changed,)
        deployments.withdraw(context, "erp/orders", 1)
        assert deployments.browse(context) == ()
        with pytest.raises(NotFound):
            deployments.withdraw(context, "erp/orders", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"upstreams": []},
        {"upstreams": ["ftp://x"]},
        {"upstreams": ["http://user@x"]},
        {"upstreams": ["http://x/path"]},
        {"upstreams": ["http://x:99999"]},
        {"upstreams": ["http://[::1"]},
        {"base_path": "/a/../b"},
        {"base_path": "a"},
        {"base_path": "/a b"},
        {"upstream_path": "//x"},
        {"modes": {"request": "sometimes"}},
        {"modes": {"sideways": "off"}},
        {"operations": {"GET /": {"request": "never"}}},
        {"access": "friends"},
        {"unknown_query": "maybe"},
        {"security": "perhaps"},
        {"treatment": {"timeout": "long"}},
        {"treatment": {"breakers": True}},
        {"treatment": {"operations": {"GET /": {"idempotency": "always"}}}},
        {"brownouts": [{"starts_at": "2027-01-01T01:00:00Z", "ends_at": "2027-01-01T01:00:00Z"}]},
        {"brownouts": [{"starts_at": "2027-01-01T01:00:00", "ends_at": "2027-01-01T02:00:00Z"}]},
        {"brownouts": [{"starts_at": "soon", "ends_at": "2027-01-01T02:00:00Z"}]},
        {
            "brownouts": [
                {"starts_at": "2027-01-01T01:00:00Z", "ends_at": "2027-01-01T02:00:00Z", "status": 200}
            ]
        },
        {
            "brownouts": [
                {"starts_at": "2027-01-01T01:00:00Z", "ends_at": "2027-01-01T02:00:00Z"},
                {"starts_at": "2027-01-01T01:59:59Z", "ends_at": "2027-01-01T03:00:00Z"},
            ]
        },
    ],
)
def test_what_no_gateway_could_follow_is_refused(published: Registry, wrong: dict[str, Any]) -> None:
    with published.unit.read(SYSTEM) as context, pytest.raises(Invalid):
        deployments.put(context, "erp/orders", 1, **{"upstreams": UP, **wrong})


def test_a_path_belongs_to_one_contract(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal(contract="erp/other"))
    with published.unit(SYSTEM) as context:
        deployments.put(context, "erp/orders", 1, upstreams=UP)
        with pytest.raises(Conflict, match="erp/orders"):
            deployments.put(context, "erp/other", 1, upstreams=UP, base_path="/erp/orders/v1")
        for absent in (("erp/orders", 9, "default"), ("erp/orders", 1, "moon")):
            with pytest.raises(NotFound):
                deployments.put(context, *absent, upstreams=UP)


def test_a_timetable_of_brownouts_is_put_in_order_and_in_utc(published: Registry) -> None:
    timetable = [
        {"starts_at": "2027-01-02T01:00:00+01:00", "ends_at": "2027-01-02T02:00:00+01:00", "status": 410},
        {"starts_at": "2027-01-01T00:00:00Z", "ends_at": "2027-01-01T01:00:00z"},
    ]
    with published.unit(SYSTEM) as context:
        made = deployments.put(context, "erp/orders", 1, upstreams=UP, brownouts=timetable, security="verify")
        assert made.security == "verify"
        assert made.brownouts == (
            {"starts_at": "2027-01-01T00:00:00Z", "ends_at": "2027-01-01T01:00:00Z", "status": 503},
            {"starts_at": "2027-01-02T00:00:00Z", "ends_at": "2027-01-02T01:00:00Z", "status": 410},
        )


def test_how_upstreams_are_treated_is_kept_as_it_was_said(published: Registry) -> None:
    said = {"breaker": True, "operations": {"GET /orders": {"timeout": 2.5}}}
    with published.unit(SYSTEM) as context:
        made = deployments.put(context, "erp/orders", 1, upstreams=UP, treatment=said)
        assert made.treatment == said
        assert deployments.put(context, "erp/orders", 1, upstreams=UP).treatment == {}
