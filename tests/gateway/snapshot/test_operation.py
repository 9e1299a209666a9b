from tests.gateway.world import operation, orders


def test_a_status_is_answered_by_itself_then_its_range_then_the_default() -> None:
    held = operation(orders(), "POST", "/erp/v1/orders")
    assert held.answer(201) is held.answers["201"]
    assert held.answer(422) is held.answers["4XX"]
    assert held.answer(500) is None
