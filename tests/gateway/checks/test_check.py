from contracts.schemas import Direction, Translator
from gateway.checks.check import Checks
from gateway.rules import DEFAULT_RULES
from tests.gateway.world import ORDERS, api_of


def checks(text: str = ORDERS) -> Checks:
    return Checks(Translator(api_of(text).documents), DEFAULT_RULES)


def order(made: Checks, direction: Direction = Direction.REQUEST):  # type: ignore[no-untyped-def]
    api = api_of(ORDERS)
    body = next(held for held in api.operations if held.key == "POST /orders").body
    assert body is not None
    schema = body.content["application/json"].schema
    assert schema is not None
    return made.make(schema, direction)


def test_faults_name_the_place_in_the_payload_and_in_the_contract_but_no_value() -> None:
    found = order(checks()).faults({"sku": "SECRET", "quantity": -7, "extra": "SECRET"}, "body", "/prefix")
    told = {(fault.pointer, fault.code): fault for fault in found}
    minimum = told["/prefix/quantity", "minimum"]
    assert minimum.schema_pointer == "/components/schemas/Order/properties/quantity/minimum"
    assert minimum.schema_source == "orders.yaml"
    assert ("/prefix", "additionalProperties") in told
    assert not any("SECRET" in fault.message or "-7" in fault.message for fault in found)


def test_no_more_faults_than_asked_for() -> None:
    assert len(order(checks()).faults({"sku": 1, "quantity": "x"}, "body", limit=1)) == 1


def test_the_closest_alternative_of_a_choice_is_told() -> None:
    text = ORDERS.replace(
        "quantity: {type: integer, minimum: 1}",
        "quantity: {oneOf: [{type: string}, {type: object, required: [value], properties: {value: {type: integer}}}]}",
    )
    api = api_of(text)
    body = next(held for held in api.operations if held.key == "POST /orders").body
    assert body is not None
    schema = body.content["application/json"].schema
    assert schema is not None
    found = (
        checks(text).make(schema, Direction.REQUEST).faults({"sku": "a", "quantity": {"value": "x"}}, "body")
    )
    assert [(fault.pointer, fault.code) for fault in found] == [
        ("/quantity", "oneOf"),
        ("/quantity/value", "type"),
    ]


def test_the_same_schema_in_the_same_direction_is_one_check() -> None:
    made = checks()
    assert order(made) is order(made)
    assert len(made.made) == 1


def test_what_flows_one_way_only_is_refused_the_other_way() -> None:
    from gateway.snapshot.compiling import compile_contract
    from gateway.snapshot.contract import Contract

    compiled = compile_contract(Contract("o", "1", ("",)), api_of(ORDERS))
    assert compiled.checks is not None
    (request,) = (
        check
        for check in compiled.checks.made
        if check.shape.object and not check.accepts({"sku": "a", "quantity": 1, "id": "7"})
    )
    assert request.accepts({"sku": "a", "quantity": 1})


def test_a_pattern_with_look_around_is_compiled_for_an_engine_with_a_limit() -> None:
    text = ORDERS.replace("minLength: 1", 'pattern: "^(?=.*[0-9]).+$"')
    assert order(checks(text)) is not None
    api = api_of(text)
    body = next(held for held in api.operations if held.key == "POST /orders").body
    assert body is not None
    schema = body.content["application/json"].schema
    assert schema is not None
    check = checks(text).make(schema, Direction.REQUEST)
    assert check.accepts({"sku": "a1", "quantity": 1})
    assert not check.accepts({"sku": "a", "quantity": 1})
