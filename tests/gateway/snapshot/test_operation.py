from gateway.pipeline import decide
from gateway.verdicts import Request
from tests.gateway.world import ORDERS, codes, operation, orders


def test_a_status_is_answered_by_itself_then_its_range_then_the_default() -> None:
    held = operation(orders(), "POST", "/erp/v1/orders")
    assert held.answer(201) is held.answers["201"]
    assert held.answer(422) is held.answers["4XX"]
    assert held.answer(500) is None


def test_without_a_query_only_what_it_lacks_or_what_stands_elsewhere_is_looked_at() -> None:
    text = ORDERS.replace("limit, in: query,", "limit, in: query, required: true,")
    held = operation(orders(text=text), "GET", "/erp/v1/orders")
    assert [parameter.name for parameter in held.parameters] == ["limit", "state"]
    assert [parameter.name for parameter in held.without_query] == ["limit"]
    assert codes(decide(orders(text=text), Request("GET", b"/erp/v1/orders"))) == [
        ("query", "/limit", "required")
    ]
