from collections.abc import Callable
from dataclasses import replace

import jsonschema_rs
import pytest

from contracts.model import HttpApi
from gateway.checks import check
from gateway.checks.validators import compile_validator
from gateway.pipeline import decide, judge_response
from gateway.snapshot import deferred
from gateway.snapshot.compiling import Compiled, defer_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Operation
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.verdicts import Request, Response
from tests.gateway.world import GOOD, HEADERS, ORDERS, api_of, codes, orders

ORDER = Request("POST", b"/erp/v1/orders", headers=HEADERS, body=GOOD)


def served(compiled: Compiled) -> Snapshot:
    return snapshot([compiled], id="test")


def waiting(text: str = ORDERS, read: Callable[[], HttpApi] | None = None) -> Compiled:
    contract = Contract("orders", "1.2.0", ("/erp/v1",))
    return defer_contract(contract, api_of(text), read or (lambda: api_of(text)))


def operation(compiled: Compiled, key: str) -> Operation:
    return next(held for _, _, held in compiled.operations if held.key == key)


def test_calls_are_judged_as_if_all_had_been_compiled_before() -> None:
    made = waiting()
    late, early = served(made), orders()
    for request in (
        ORDER,
        Request("POST", b"/erp/v1/orders", headers=HEADERS, body=b'{"sku":1}'),
        Request("GET", b"/erp/v1/orders", b"limit=0"),
        Request("GET", b"/erp/v1/orders/ab"),
        Request("DELETE", b"/erp/v1/orders"),
    ):
        assert codes(decide(late, request)) == codes(decide(early, request))
    answer = Response(201, [(b"content-type", b"application/json")], b"{}")
    found = judge_response(operation(made, "POST /orders"), "POST", answer, late.bounds)
    assert [fault.code for fault in found.faults] == ["required", "required"]


def test_only_what_is_called_is_compiled() -> None:
    made = waiting()
    assert all(held.pending for _, _, held in made.operations)
    decide(served(made), ORDER)
    assert {held.key for _, _, held in made.operations if not held.pending} == {"POST /orders"}
    called = operation(made, "POST /orders")
    assert all(check.accepts.__name__ == "is_valid" for check in called.checks)


def test_what_routing_needs_compiles_nothing() -> None:
    held = operation(waiting(), "GET /orders/{orderId}")
    assert (held.path_names, held.modes, held.security, held.base_paths) == (
        ("orderId",), held.contract.modes, None, None,
    )  # fmt: skip
    assert held.pending
    assert [parameter.name for parameter in held.in_path] == ["orderId"]
    assert not held.pending


def test_a_copy_with_other_facts_is_whole() -> None:
    held = operation(waiting(), "GET /orders")
    other = replace(held, key="GET /others")
    assert other.in_query == held.in_query
    with pytest.raises(AttributeError):
        _ = held.nothing  # type: ignore[attr-defined]


def test_what_cannot_be_compiled_is_refused_and_not_tried_again() -> None:
    times = []

    def read() -> HttpApi:
        times.append(1)
        raise ValueError("the file is gone")

    broken = served(waiting(read=read))
    for _ in range(3):
        refusal = decide(broken, ORDER).refusal
        assert refusal is not None
        assert (refusal.status, refusal.code, refusal.detail) == (503, "contract-broken", "the file is gone")
    assert len(times) == 1
    with pytest.raises(ValueError, match="gone"):
        _ = operation(broken.compiled[0], "POST /orders").answers


def test_a_schema_that_cannot_be_compiled_takes_its_operation_down_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def compile(schema: dict[str, object], *, formats: bool) -> jsonschema_rs.Validator:
        if "pattern" in schema:
            raise ValueError("too large")
        return compile_validator(schema, formats=formats)

    monkeypatch.setattr(check, "compile_validator", compile)
    broken = served(waiting())
    refusal = decide(broken, Request("GET", b"/erp/v1/orders/AB1")).refusal
    assert refusal is not None
    assert refusal.status == 503
    assert decide(broken, ORDER).refusal is None


def test_models_are_kept_up_to_so_many_bytes() -> None:
    opened: list[int] = []

    def source(number: int, size: int) -> deferred.Source:
        def open() -> deferred.Compile:
            opened.append(number)
            return lambda key: operation(waiting(), key)

        return deferred.Source(open, size)

    small = [source(number, deferred.KEPT // 4) for number in range(4)]
    for held in (*small, small[0], small[1]):
        held.make("GET /orders")
    assert opened == [0, 1, 2, 3]
    large = source(9, deferred.KEPT * 2)
    for held in (large, large, small[0], small[0], large):
        held.make("GET /orders")
    assert opened == [0, 1, 2, 3, 9, 0, 9]


def test_of_too_many_the_first_are_given_back_and_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferred, "MOST", 2)
    monkeypatch.setattr(deferred, "_COMPILED", type(deferred._COMPILED)())
    made = waiting()
    late = served(made)
    for path in (b"/erp/v1/orders", b"/erp/v1/orders/AB1", b"/erp/v1/events"):
        assert decide(late, Request("GET", path)).refusal is None
    assert operation(made, "GET /orders").pending
    assert {held.key for _, _, held in made.operations if not held.pending} == {
        "GET /orders/{orderId}", "GET /events",
    }  # fmt: skip
    assert codes(decide(late, Request("GET", b"/erp/v1/orders", b"limit=0"))) == [
        ("query", "/limit", "minimum")
    ]
    assert operation(made, "GET /orders/{orderId}").pending
