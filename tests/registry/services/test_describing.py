from __future__ import annotations

from registry.services.candidates import read
from tests.registry.examples import EVENTS, orders


def test_operations_and_schemas_of_a_call_contract() -> None:
    elements = read({"o.yaml": orders()}, "o.yaml").elements
    found = {(one.kind, one.key): one for one in elements}
    operation, schema = found["operation", "GET /orders/{orderId}"], found["schema", "Order"]
    assert operation.title == "Read an order"
    assert {"getOrder", "orderId"} <= set(operation.text.split())
    assert "shipmentEta" in schema.text


def test_channels_operations_and_messages_of_an_event_contract() -> None:
    elements = read({"e.yaml": EVENTS.encode()}, "e.yaml").elements
    titles = {one.kind: one.title for one in elements}
    assert titles["channel"] == "shipments.dispatched"
    assert titles["operation"] == "A shipment left."
    assert any("sscc" in one.text for one in elements if one.kind == "message")


def test_odd_values_do_not_break_it() -> None:
    odd = b"openapi: 3.0.3\ninfo: {title: [1], version: 2}\npaths: {/a: {get: {summary: {x: 1}, tags: 7, responses: 3}}}\ncomponents: {schemas: [1, 2], responses: 4}\n"
    made = read({"o.yaml": odd}, "o.yaml")
    assert [one.key for one in made.elements if one.kind == "operation"] == ["GET /a"]


def test_there_is_an_end_to_what_is_described() -> None:
    paths = "".join(f"  /p{number}: {{get: {{responses: {{}}}}}}\n" for number in range(5_200))
    text = "openapi: 3.0.3\ninfo: {title: A, version: 1.0.0}\npaths:\n" + paths
    assert len(read({"o.yaml": text.encode()}, "o.yaml").elements) == 5_000
