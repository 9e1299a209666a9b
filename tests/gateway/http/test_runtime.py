import asyncio

from tests.gateway.world import answering, orders, running


def test_a_swap_serves_the_next_call_and_forgets_upstreams_that_are_gone() -> None:
    async def scenario() -> tuple[int, int, set[int]]:
        async with running(answering(200, b"[]")) as gateway:
            before = (await gateway.call("GET", "/erp/v1/orders"))[0]
            gateway.runtime.swap(orders("http://127.0.0.1:9", text=gateway_text()))
            after = (await gateway.call("GET", "/erp/v1/orders"))[0]
            return before, after, {held.pool.counts["open"] for held in gateway.runtime.groups.endpoints}

    assert asyncio.run(scenario()) == (200, 404, {0})


def gateway_text() -> str:
    from tests.gateway.world import ORDERS

    return ORDERS.replace("/erp/v1", "/erp/v2")


def test_there_is_an_end_to_connections() -> None:
    async def scenario() -> tuple[bytes, int]:
        async with running(answering(), most_connections=0) as gateway:
            try:
                answer = await gateway.exchange(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            except OSError:
                answer = b""
            return answer, gateway.runtime.bad_requests["too-many-connections"]

    assert asyncio.run(scenario()) == (b"", 1)
