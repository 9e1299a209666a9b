import asyncio
from pathlib import Path
from typing import Any

from gateway.observations.counting import Counting, fingerprint
from gateway.observations.spool import Spool
from gateway.rules import DEFAULT_RULES, Rules
from gateway.snapshot.operation import Modes
from tests.gateway.world import GOOD, HEADERS, answering, orders, running


def observed(
    folder: Path,
    handler: Any,
    requests: list[tuple[str, str, bytes]],
    modes: Modes | None = None,
    rules: Rules = DEFAULT_RULES,
) -> list[tuple[dict[str, Any], int]]:
    spool = Spool(folder)

    async def scenario() -> None:
        async with running(
            handler,
            lambda url: orders(url, modes=modes, rules=rules),
            observers=(Counting(spool, lambda: 1.0),),
        ) as gateway:
            for method, path, body in requests:
                await gateway.call(method, path, body, HEADERS)

    asyncio.run(scenario())
    spool.close()
    return [(counted.key, counted.count) for segment in spool.sealed for counted in segment.read()]


def test_calls_are_counted_by_outcome(tmp_path: Path) -> None:
    requests = [("POST", "/erp/v1/orders", GOOD)] * 2 + [
        ("GET", "/erp/v1/nothing", b""),
        ("GET", "/other", b""),
    ]
    found = observed(tmp_path, answering(201, GOOD), requests)
    calls = [
        (key["operation"], key["outcome"], key["status"], count)
        for key, count in found
        if key["kind"] == "call"
    ]
    assert calls == [("POST /orders", "ok", 201, 2), (None, "violation", 404, 1)]
    shadows = [
        (key["contract"], key["method"], key["path"], key["passed"], key["status"], count)
        for key, count in found
        if key["kind"] == "shadow"
    ]
    assert shadows == [
        ("Orders", "GET", "/erp/v1/nothing", False, 404, 1),
        (None, "GET", "/other", False, 404, 1),
    ]
    assert not [key for key, _ in found if key["kind"] == "violation"], "what is in no contract is told once"


def test_unknown_methods_and_paths_that_may_pass_are_told(tmp_path: Path) -> None:
    found = observed(
        tmp_path,
        answering(200, b"[]"),
        [("DELETE", "/erp/v1/orders", b""), ("GET", "/erp/v1/late/SECRET-77", b"")],
        rules=Rules(unknown_paths="allow"),
    )
    shadows = [
        (key["method"], key["path"], key["passed"], key["status"])
        for key, _ in found
        if key["kind"] == "shadow"
    ]
    assert ("GET", "/erp/v1/late/{}", True, 200) in shadows
    assert {method for method, *_ in shadows} == {"DELETE", "GET"}


def test_made_up_names_do_not_fill_the_spool(tmp_path: Path) -> None:
    requests = [("GET", f"/erp/v1/orders?n{number}=1", b"") for number in range(80)]
    found = observed(tmp_path, answering(200, b"[]"), requests, rules=Rules(unknown_query="refuse"))
    violations = [(key, count) for key, count in found if key["kind"] == "violation"]
    assert len(violations) == 51
    (beyond,) = [(key, count) for key, count in violations if key["pointer"] == "/…"]
    assert beyond[1] == 30
    assert len({key["fingerprint"] for key, _ in violations}) == 51


def test_violations_name_the_trace_that_they_were_seen_in(tmp_path: Path) -> None:
    spool = Spool(tmp_path)

    async def scenario() -> None:
        async with running(answering(200, b"[]"), observers=(Counting(spool, lambda: 1.0),)) as gateway:
            parent = b"00-%s-%s-01" % (b"1" * 32, b"2" * 16)
            await gateway.call("GET", "/erp/v1/orders?limit=x", headers=[(b"traceparent", parent)])

    asyncio.run(scenario())
    spool.close()
    (trace,) = [
        counted.key["trace_id"]
        for segment in spool.sealed
        for counted in segment.read()
        if counted.key["kind"] == "violation"
    ]
    assert trace == "1" * 32


def test_violations_carry_a_fingerprint_and_a_sample_without_values(tmp_path: Path) -> None:
    bad = b'{"sku":"TOP-SECRET","quantity":"TOP-SECRET"}'
    found = observed(tmp_path, answering(201, GOOD), [("POST", "/erp/v1/orders", bad)] * 3)
    (violation, count) = next((key, count) for key, count in found if key["kind"] == "violation")
    assert count == 3
    assert (violation["direction"], violation["location"], violation["pointer"]) == (
        "request",
        "body",
        "/quantity",
    )
    assert violation["schema_pointer"] == "/components/schemas/Order/properties/quantity/type"
    assert violation["sample"] == {"at": {"sku": "string of 10", "quantity": "string of 10"}}
    assert "TOP-SECRET" not in str(found)


def test_responses_are_counted_where_they_are_only_monitored(tmp_path: Path) -> None:
    found = observed(
        tmp_path, answering(201, b"{}"), [("POST", "/erp/v1/orders", GOOD)], Modes("enforce", "monitor")
    )
    assert [(key["kind"], key.get("outcome") or key["direction"]) for key, _ in found] == [
        ("call", "violation"),
        ("violation", "response"),
    ]
    assert found[0][0]["status"] == 201


def test_a_fingerprint_depends_on_everything_but_the_order_of_events() -> None:
    assert fingerprint(("a", None)) == fingerprint(("a", None))
    assert fingerprint(("a", "b")) != fingerprint(("ab", None))
