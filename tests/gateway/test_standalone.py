from gateway.pipeline import decide
from gateway.rules import Rules
from gateway.standalone import standalone
from gateway.verdicts import Request

from .world import ORDERS, api_of


def target(**options: object) -> bytes:
    base = options.pop("base", "/erp/v1")
    snapshot = standalone(api_of(ORDERS), **options)  # type: ignore[arg-type]
    decision = decide(snapshot, Request("GET", f"{base}/orders".encode(), b"limit=1"))
    assert decision.allowed, decision.refusal
    return decision.target


def test_paths_go_to_the_upstream_as_they_are() -> None:
    assert target(upstream="http://127.0.0.1:9") == b"/erp/v1/orders?limit=1"


def test_the_path_of_the_upstream_takes_the_place_of_the_base_path() -> None:
    assert target(upstream="http://127.0.0.1:9/api/") == b"/api/orders?limit=1"


def test_a_base_path_of_ones_own_is_cut_off() -> None:
    assert target(upstream="http://127.0.0.1:9", bases=("/x",), base="/x") == b"/orders?limit=1"


def test_hosts_are_looked_at_where_the_rules_say_so() -> None:
    snapshot = standalone(api_of(ORDERS), "http://127.0.0.1:9", rules=Rules(hosts="servers"))
    here = Request("GET", b"/erp/v1/orders", headers=[(b"host", b"api.example")], scheme="https")
    elsewhere = Request("GET", b"/erp/v1/orders", headers=[(b"host", b"other.example")], scheme="https")
    assert decide(snapshot, here).allowed
    refusal = decide(snapshot, elsewhere).refusal
    assert refusal is not None
    assert refusal.status == 404
