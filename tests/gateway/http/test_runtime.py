import asyncio

from gateway.pressure import Shedding
from tests.gateway.world import answering, orders, running, until


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


def test_while_it_is_pressed_a_share_of_the_calls_is_turned_away_before_anything_is_done_for_them() -> None:
    async def scenario() -> tuple[list[int], int, bytes, int]:
        async with running(answering(200, b"[]"), shedding=Shedding(lag=None)) as gateway:
            gateway.runtime.pressure.share, gateway.runtime.pressed = 0.5, True
            told = [await gateway.call("GET", "/erp/v1/orders") for _ in range(4)]
            alive = (await gateway.call("GET", "/-/healthz"))[0]
            gateway.runtime.pressure.share = 0.0
            await until(lambda: not gateway.runtime.pressed)
            return [status for status, _, _ in told], len(gateway.seen.heads), told[1][1], alive

    statuses, seen, head, alive = asyncio.run(scenario())
    assert statuses == [200, 503, 200, 503]
    assert seen == 2
    assert b"retry-after: " in head
    assert alive == 404  # nobody administers this one; it was asked, and not turned away


def test_no_more_calls_are_in_hand_than_there_may_be() -> None:
    go_on = asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        await answering(200, b"[]")(head, reader, writer)

    async def scenario() -> tuple[int, list[int], int]:
        async with running(handle, shedding=Shedding(in_flight=2)) as gateway:
            held = [asyncio.ensure_future(gateway.call("GET", "/erp/v1/orders")) for _ in range(2)]
            await until(lambda: len(gateway.seen.heads) == 2)
            refused = (await gateway.call("GET", "/erp/v1/orders"))[0]
            go_on.set()
            statuses = [(await one)[0] for one in held]
            return refused, statuses, (await gateway.call("GET", "/erp/v1/orders"))[0]

    assert asyncio.run(scenario()) == (503, [200, 200], 200)
