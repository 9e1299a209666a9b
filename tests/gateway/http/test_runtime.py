import asyncio
from dataclasses import replace

from gateway.http.runtime import Runtime
from tests.gateway.world import answering, orders, running


def test_upstreams_are_taken_in_turn() -> None:
    (contract,) = orders().contracts
    runtime = Runtime()
    several = replace(contract, upstreams=("http://a:1", "http://b:2"))
    taken = [pool.address for _ in range(4) if (pool := runtime.pool(several)) is not None]
    assert taken == ["http://a:1", "http://b:2", "http://a:1", "http://b:2"]
    assert runtime.pool(replace(contract, upstreams=())) is None


def test_a_swap_serves_the_next_call_and_forgets_upstreams_that_are_gone() -> None:
    async def scenario() -> tuple[int, int, set[str]]:
        async with running(answering(200, b"[]")) as gateway:
            before = (await gateway.call("GET", "/erp/v1/orders"))[0]
            gateway.runtime.swap(orders("http://127.0.0.1:9", text=gateway_text()))
            after = (await gateway.call("GET", "/erp/v1/orders"))[0]
            return before, after, set(gateway.runtime.upstreams)

    assert asyncio.run(scenario()) == (200, 404, set())


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
