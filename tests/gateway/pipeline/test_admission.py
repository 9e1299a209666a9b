from datetime import UTC, datetime

import pytest

from gateway.pipeline import admit, examine
from gateway.rates import Rates
from gateway.rules import Rules
from gateway.snapshot.contract import Lifecycle, Plan
from gateway.snapshot.snapshot import EMPTY
from gateway.snapshot.snapshot import snapshot as put_together
from gateway.verdicts import Decision, Request
from tests.gateway.world import KEY, ORDERS, consumer, orders, with_access

GET = ("GET", b"/erp/v1/orders")


def admitted(
    snapshot, method: str = "GET", path: bytes = b"/erp/v1/orders", headers=(), rates=None, now: float = 0.0
) -> Decision:  # type: ignore[no-untyped-def]
    return admit(snapshot, Request(method, path, headers=list(headers)), rates, now)


def reason(decision: Decision) -> tuple[int, str] | None:
    return None if decision.refusal is None else (decision.refusal.status, decision.refusal.code)


def test_paths_and_methods() -> None:
    snapshot = orders()
    assert reason(admitted(snapshot)) is None
    assert reason(admitted(snapshot, path=b"/erp/v1/nothing")) == (404, "not-found")
    assert reason(admitted(snapshot, path=b"/elsewhere")) == (404, "not-found")
    refused = admitted(snapshot, "DELETE")
    assert reason(refused) == (405, "method-not-allowed")
    assert refused.refusal is not None
    assert (b"allow", b"GET, POST") in refused.refusal.headers
    assert reason(admitted(snapshot, path=b"/erp/v1/../x")) == (400, "malformed-path")


def test_calls_below_a_base_path_are_counted_for_its_contract() -> None:
    snapshot = orders()
    assert admitted(snapshot, path=b"/erp/v1/nothing").contract is snapshot.contracts[0]
    assert admitted(snapshot, path=b"/elsewhere").contract is None


def test_calls_that_the_contract_does_not_have_may_pass_unvalidated() -> None:
    snapshot = orders(rules=Rules(unknown_paths="allow"))
    for method, path in (("GET", b"/erp/v1/nothing"), ("DELETE", b"/erp/v1/orders"), ("GET", b"/elsewhere")):
        decision = admitted(snapshot, method, path)
        assert decision.refusal is None
        assert decision.target == path
        assert decision.operation is not None
        decided = examine(decision, Request(method, path, body=b"{"), snapshot.bounds)
        assert decided.unvalidated == ("the contract does not have this path and method",)
    assert reason(admitted(snapshot, path=b"/erp/v1/../x")) == (400, "malformed-path")
    known = admitted(snapshot)
    assert known.operation is not None
    assert known.operation.key == "GET /orders"


def test_unknown_paths_belong_to_the_contract_with_the_longest_base_path() -> None:
    wide = orders(rules=Rules(unknown_paths="allow"), text=ORDERS.replace("/erp/v1", ""))
    narrow = orders()
    both = put_together([*wide.compiled, *narrow.compiled], id="both")
    assert reason(admitted(both, path=b"/other")) is None
    assert reason(admitted(both, path=b"/erp/v1/nothing")) == (404, "not-found")
    assert reason(admitted(both, "DELETE")) == (405, "method-not-allowed")


def test_callers_of_paths_that_the_contract_does_not_have_need_what_it_asks_of_all() -> None:
    text = ORDERS.replace(
        "components:",
        "security: [{key: []}]\ncomponents:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}",
    )
    snapshot = orders(rules=Rules(unknown_paths="allow", security="presence"), text=text)
    assert reason(admitted(snapshot, path=b"/erp/v1/nothing")) == (401, "no-credentials")
    assert reason(admitted(snapshot, path=b"/erp/v1/nothing", headers=[(b"x-key", b"k")])) is None


def test_calls_may_have_to_come_from_a_network() -> None:
    snapshot = orders(rules=Rules(networks=("10.1.0.0/16", "2001:db8::7")))
    for peer in ("10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7"):
        assert reason(admit(snapshot, Request(*GET, peer=peer), None, 0.0)) is None
    for peer in ("10.2.0.1", "2001:db8::8", ""):
        assert reason(admit(snapshot, Request(*GET, peer=peer), None, 0.0)) == (403, "address-refused")
    behind = Request(*GET, peer="10.1.0.1", client="10.2.0.1")
    assert reason(admit(snapshot, behind, None, 0.0)) == (403, "address-refused")


def test_another_host_is_not_told_which_methods_there_are() -> None:
    snapshot = orders(rules=Rules(hosts="servers"))
    here, there = [(b"host", b"api.example")], [(b"host", b"other.example")]
    secure = Request("DELETE", GET[1], headers=here, scheme="https")
    assert reason(admit(snapshot, secure, None, 0.0)) == (405, "method-not-allowed")
    assert reason(admitted(snapshot, "DELETE", headers=there)) == (404, "not-found")


def test_without_a_bundle_nothing_is_served() -> None:
    assert reason(admitted(EMPTY)) == (503, "no-bundle")


def test_keys_and_subscriptions() -> None:
    snapshot = orders()
    held, keys = consumer(snapshot)
    closed = with_access(snapshot, keys, access="key")
    assert reason(admitted(closed)) == (401, "no-key")
    assert reason(admitted(closed, headers=[(b"x-api-key", b"lk_wrong")])) == (401, "unknown-key")
    decision = admitted(closed, headers=[(b"x-api-key", KEY)])
    assert (reason(decision), decision.consumer) == (None, held)
    elsewhere = with_access(snapshot, keys, access="key", version="7.0.0")
    assert reason(admitted(elsewhere, headers=[(b"x-api-key", KEY)])) == (403, "not-subscribed")


def test_an_open_contract_knows_its_callers_all_the_same() -> None:
    snapshot = orders()
    held, keys = consumer(snapshot)
    opened = with_access(snapshot, keys, access="open")
    assert admitted(opened).consumer is None
    assert admitted(opened, headers=[(b"x-api-key", KEY)]).consumer is held
    assert reason(admitted(opened, headers=[(b"x-api-key", b"somebody-elses")])) is None


def test_rate_limits_are_told_and_kept() -> None:
    snapshot = orders()
    _, keys = consumer(snapshot, Plan("standard", 60, 60, 1))
    closed, rates = with_access(snapshot, keys, access="key"), Rates()
    first = admitted(closed, headers=[(b"x-api-key", KEY)], rates=rates)
    second = admitted(closed, headers=[(b"x-api-key", KEY)], rates=rates)
    assert (b"ratelimit", b'"standard";r=0;t=1') in first.headers
    assert reason(second) == (429, "rate-limited")
    assert (b"retry-after", b"1") in second.headers
    assert reason(admitted(closed, headers=[(b"x-api-key", KEY)], rates=rates, now=1.0)) is None


LIMITED = ORDERS.replace(
    "    get:\n", "    get:\n      x-rate-limit: {limit: 1, window: 60, plan: standard}\n", 1
)


@pytest.mark.parametrize(("plan", "expected"), [("standard", (429, "rate-limited")), ("partner", None)])
def test_an_operations_own_limit_holds_for_the_plan_that_it_names(
    plan: str, expected: tuple[int, str] | None
) -> None:
    snapshot = orders(text=LIMITED)
    _, keys = consumer(snapshot, Plan(plan, 600, 60, 100))
    closed, rates = with_access(snapshot, keys, access="key"), Rates()
    assert reason(admitted(closed, headers=[(b"x-api-key", KEY)], rates=rates)) is None
    second = admitted(closed, headers=[(b"x-api-key", KEY)], rates=rates)
    assert reason(second) == expected
    if expected:
        assert any(name == b"ratelimit-policy" and b"q=1;w=60" in value for name, value in second.headers)


def test_after_sunset_a_version_is_gone() -> None:
    sunset = datetime(2026, 1, 1, tzinfo=UTC)
    lifecycle = Lifecycle("deprecated", sunset, sunset, "erp/orders@2.0.0")
    snapshot = with_access(
        orders(), {}, lifecycle=lifecycle, sunset=sunset.timestamp(), lifecycle_headers=((b"sunset", b"x"),)
    )
    before = admitted(snapshot, now=sunset.timestamp() - 1)
    assert reason(before) is None
    assert before.headers == ((b"sunset", b"x"),)
    after = admitted(snapshot, now=sunset.timestamp())
    assert reason(after) == (410, "gone")
    assert after.refusal is not None
    assert "erp/orders@2.0.0" in after.refusal.detail


def test_a_contract_that_cannot_be_served_says_so() -> None:
    from dataclasses import replace

    from gateway.snapshot.compiling import Compiled
    from gateway.snapshot.snapshot import snapshot

    (contract,) = orders().contracts
    broken = snapshot([Compiled(replace(contract, broken="it is not YAML"), (), None)], id="x")
    assert reason(admitted(broken)) == (503, "contract-broken")


def test_credentials_that_the_contract_asks_for() -> None:
    text = ORDERS.replace(
        "components:",
        "security: [{key: []}]\ncomponents:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-K}}",
    )
    assert reason(admitted(orders(text=text, rules=Rules(security="presence")))) == (401, "no-credentials")
    assert (
        reason(admitted(orders(text=text, rules=Rules(security="presence")), headers=[(b"x-k", b"1")]))
        is None
    )
    assert reason(admitted(orders(text=text))) is None


def test_head_is_answered_by_get_where_the_rules_say_so() -> None:
    assert reason(admitted(orders(), "HEAD")) == (405, "method-not-allowed")
    assert reason(admitted(orders(rules=Rules(head_as_get=True)), "HEAD")) is None
