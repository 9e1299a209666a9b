from gateway.snapshot.compiling import compile_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Modes
from tests.gateway.world import ORDERS, api_of, operation, orders

SWAGGER = """
swagger: "2.0"
info: {title: t, version: 1.0.0}
basePath: /v1
consumes: [application/json]
securityDefinitions: {key: {type: apiKey, in: query, name: api_key}}
security: [{key: []}]
paths:
  /things:
    post:
      parameters:
        - {name: Authorization, in: header, type: string, required: true}
        - {name: it, in: body, required: true, schema: {type: object, required: [a]}}
      responses: {200: {description: d}}
"""


def test_parameters_lie_where_they_are_taken_from() -> None:
    held = operation(orders(), "GET", "/erp/v1/orders")
    assert [parameter.name for parameter in held.in_query] == ["limit", "state"]
    assert held.names.query == {"limit", "state"}
    assert held.body is None
    assert operation(orders(), "GET", "/erp/v1/orders/AB1").path_names == ("orderId",)


def test_modes_of_single_operations() -> None:
    compiled = compile_contract(
        Contract("o", "1", ("",)), api_of(ORDERS), {"GET /orders": Modes("off", "off")}
    )
    modes = {held.key: held.modes for _, _, held in compiled.operations}
    assert modes["GET /orders"] == Modes("off", "off")
    assert modes["POST /orders"] == Modes()


def test_openapi_2() -> None:
    held = operation(orders(text=SWAGGER), "POST", "/v1/things")
    assert [parameter.name for parameter in held.in_header] == ["Authorization"]
    assert held.body_required
    assert "api_key" in held.names.query


def test_an_operation_with_servers_of_its_own() -> None:
    text = ORDERS.replace("    post:\n", "    post:\n      servers: [{url: https://write.example/v9}]\n", 1)
    snapshot = orders(text=text)
    assert operation(snapshot, "POST", "/v9/orders").base_paths == ("/v9",)
    assert operation(snapshot, "GET", "/erp/v1/orders").base_paths is None
    match = snapshot.find("", "/erp/v1/orders", "POST")
    assert match is not None
    assert match.held is None


BROKEN = """
openapi: 3.0.3
paths:
  /a:
    parameters: [{$ref: '#components/parameters/x'}]
    get: {responses: {default: {description: d}}}
    post: {requestBody: {$ref: 'nope.yaml'}, responses: {default: {description: d}}}
  /b:
    get: {responses: {default: {description: d}}}
"""


def test_what_of_a_formally_invalid_contract_cannot_be_read_counts_as_unvalidated() -> None:
    snapshot = orders(text=BROKEN)  # it lacks `info`, too
    assert operation(snapshot, "GET", "/a").unvalidated == (
        "reference-unresolved at /paths/~1a/parameters/0/$ref",
    )
    assert (
        "reference-outside at /paths/~1a/post/requestBody/$ref"
        in operation(snapshot, "POST", "/a").unvalidated
    )
    assert operation(snapshot, "GET", "/b").unvalidated == ()


def test_fields_that_override_a_call_are_known_where_they_are_declared() -> None:
    text = ORDERS.replace("name: Idempotency-Key", "name: X-HTTP-Method-Override")
    assert operation(orders(text=text), "POST", "/erp/v1/orders").overrides == {b"x-http-method-override"}
    assert operation(orders(), "POST", "/erp/v1/orders").overrides == frozenset()
