"""Real upstreams on sockets: one or several, well and unwell."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from time import monotonic

from gateway.upstreams.call import Call
from gateway.upstreams.group import Endpoint, Group
from gateway.upstreams.policy import Breaking, Ejection, Policy, Retries
from gateway.upstreams.pool import Pool
from tests.gateway.world import Handler, Seen, answering, until, upstream

from .receiver import Caller

DEAD = "http://127.0.0.1:9"
QUICK = Retries(attempts=2, base=0.001)


async def hangs_up(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def silent(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def message(pool: Pool) -> bytes:
    return b"GET / HTTP/1.1\r\nhost: %s\r\n\r\n" % pool.authority


async def call(group: Group, **options: object) -> Caller:
    caller = Caller()
    Call(group, caller, message, head_only=False, **{"safe": True, **options}).start()  # type: ignore[arg-type]
    await caller.over.wait()
    return caller


def with_upstreams(
    handlers: list[Handler | None],
    scenario: Callable[[Group, list[Seen]], Awaitable[None]],
    **changes: object,
) -> None:
    """Runs a scenario with a group of these upstreams; None is an address where nobody listens."""

    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            seen = [Seen() for _ in handlers]
            addresses = [
                DEAD
                if handler is None
                else f"http://127.0.0.1:{await stack.enter_async_context(upstream(handler, seen[number]))}"
                for number, handler in enumerate(handlers)
            ]
            policy = Policy(**{"retries": QUICK, **changes})  # type: ignore[arg-type]
            group = Group([Endpoint(address, policy) for address in addresses], policy)
            await scenario(group, seen)
            assert group.budget.left >= 0
            assert group.enter(0.0) is None or group.breaker is not None, "every call has left"

    asyncio.run(run())


def test_another_address_is_tried_where_one_is_not_there_whatever_the_method() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        made = [await call(group, safe=False) for _ in range(20)]
        assert {(caller.status, caller.data) for caller in made} == {(200, b"x")}
        assert group.retried["connect"] > 0

    with_upstreams([None, answering(200, b"x")], scenario)


def test_what_may_not_be_sent_twice_is_not() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        caller = await call(group, safe=False)
        assert caller.kind == "unanswered"
        assert len(seen[0].heads) + len(seen[1].heads) == 1

    with_upstreams([hangs_up, hangs_up], scenario)


def test_what_may_be_is_sent_elsewhere() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        made = [await call(group) for _ in range(4)]
        assert {caller.status for caller in made} == {200}

    with_upstreams([hangs_up, answering(200, b"x")], scenario, ejection=None)


def test_there_is_an_end_to_trying() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        assert (await call(group)).kind == "unanswered"
        assert len(seen[0].heads) == 3
        assert (await call(group, attempts=0)).kind == "unanswered"
        assert len(seen[0].heads) == 4

    with_upstreams([hangs_up], scenario)


def test_an_unwell_answer_is_tried_again_and_the_last_one_is_handed_on() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        caller = await call(group)
        assert (caller.status, caller.data) == (503, b"later")
        assert len(seen[0].heads) == 3
        assert group.retried == {"status 503": 2}
        assert group.endpoints[0].pool.counts["open"] == 1, "their connection is kept"

    with_upstreams([answering(503, b"later")], scenario)


def test_an_answer_that_says_when_to_come_back_is_not_tried_again_at_the_same_place() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        assert (await call(group)).status == 503
        assert len(seen[0].heads) == 1

    with_upstreams([answering(503, b"later", [b"retry-after: 9"])], scenario)


def test_other_answers_are_answers() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        assert (await call(group)).status == 500
        assert len(seen[0].heads) == 1

    with_upstreams([answering(500, b"x")], scenario)


def test_nothing_is_tried_again_once_the_response_has_begun() -> None:
    async def breaks_off(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\nabc")
        await writer.drain()
        writer.close()

    async def scenario(group: Group, seen: list[Seen]) -> None:
        caller = await call(group)
        assert (caller.status, caller.kind) == (200, "broken")
        assert len(seen[0].heads) == 1

    with_upstreams([breaks_off], scenario)


def test_a_try_that_takes_too_long_is_made_elsewhere() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        made = [await call(group) for _ in range(6)]
        assert {caller.status for caller in made} == {200}
        assert group.retried.get("timeout", 0) >= len(seen[0].heads) > 0

    retries = Retries(attempts=2, base=0.001, try_timeout=0.1, reserve=50)
    with_upstreams([silent, answering(200, b"x")], scenario, retries=retries, ejection=Ejection(failures=100))


def test_where_the_budget_is_used_up_failures_are_told() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        for _ in range(20):
            await call(group)
        # Two of the reserve, and a fifth of twenty calls.
        assert len(seen[0].heads) <= 20 + 2 + 4
        assert group.budget.used_up > 0

    retries = Retries(attempts=3, base=0.001, budget=0.2, reserve=2)
    with_upstreams([hangs_up], scenario, retries=retries)


def test_addresses_that_fail_are_left_out_until_they_answer_again() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        for _ in range(30):
            await call(group)
        assert len(seen[0].heads) == 3, "ejected after three failures"
        assert group.endpoints[0].standing.state(0.0) == "ejected"

    with_upstreams(
        [hangs_up, answering(200, b"x")], scenario,
        ejection=Ejection(failures=3), retries=Retries(attempts=1, base=0.001, reserve=50),
    )  # fmt: skip


def test_the_breaker_opens_and_spares_the_upstream() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        kinds = [(await call(group)).kind for _ in range(8)]
        assert kinds == ["unanswered"] * 5 + ["open"] * 3
        assert len(seen[0].heads) == 5
        assert group.breaker is not None
        assert group.breaker.state(0.0) == "open"

    with_upstreams(
        [hangs_up], scenario, breaking=Breaking(calls=5, seconds=60.0), retries=Retries(attempts=0)
    )


def test_it_closes_again_when_the_upstream_is_well() -> None:
    well = False

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if well:
            writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 1\r\n\r\nx")
        else:
            writer.close()

    async def scenario(group: Group, seen: list[Seen]) -> None:
        nonlocal well
        while (await call(group)).kind != "open":
            pass
        well = True
        statuses = []
        while len(statuses) < 10:
            caller = await call(group)
            if caller.kind == "open":
                await asyncio.sleep(0.01)
            else:
                statuses.append(caller.status)
        assert statuses == [200] * 10
        assert group.steady(0.0)

    with_upstreams(
        [handle],
        scenario,
        breaking=Breaking(calls=5, seconds=0.05, longest=0.05),
        retries=Retries(attempts=0),
    )


def test_a_call_that_is_given_up_hears_nothing_and_leaves() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        caller = Caller()
        made = Call(group, caller, message, head_only=False, safe=True)
        made.start()
        await until(lambda: seen[0].heads)
        made.cancel(late=True)
        made.cancel()
        assert group.enter(0.0) is None
        await until(lambda: not group.endpoints[0].pool.in_flight)
        assert not caller.over.is_set()

    with_upstreams([silent], scenario, in_flight=2)


def test_more_than_the_group_takes_are_turned_away_at_once() -> None:
    async def scenario(group: Group, seen: list[Seen]) -> None:
        first, second = Caller(), Caller()
        held = Call(group, first, message, head_only=False, safe=True)
        held.start()
        Call(group, second, message, head_only=False, safe=True).start()
        assert second.kind == "busy"
        held.cancel()

    with_upstreams([silent], scenario, in_flight=1)


def test_that_an_earlier_try_was_seen_is_not_forgotten() -> None:
    """The last one never left; that the request may have been seen still counts."""

    async def scenario(group: Group, seen: list[Seen]) -> None:
        while True:
            before = len(seen[0].heads)
            caller = await call(group)
            assert caller.failed is not None
            assert caller.failed.sent == (len(seen[0].heads) > before)
            if caller.failed.seen and caller.kind == "connect":
                return

    with_upstreams(
        [hangs_up, None], scenario, ejection=None, retries=Retries(attempts=1, base=0.001, reserve=1000)
    )


def test_nothing_is_tried_again_once_the_breaker_is_open() -> None:
    """Another call has opened it while this one waits for its next try."""

    async def scenario(group: Group, seen: list[Seen]) -> None:
        assert group.breaker is not None
        for _ in range(2):
            group.breaker.failed(monotonic())
        assert group.breaker.state(monotonic()) == "open"
        assert not group.steady(monotonic())
        caller = Caller()
        made = Call(group, caller, message, head_only=False, safe=True)
        group.breaker._open_until, until_then = None, group.breaker._open_until
        made.start()
        group.breaker._open_until = until_then
        await caller.over.wait()
        assert caller.kind == "unanswered"
        assert len(seen[0].heads) == 1

    with_upstreams(
        [hangs_up],
        scenario,
        breaking=Breaking(calls=2, seconds=60.0),
        retries=Retries(attempts=5, base=0.001),
    )


def test_a_probe_of_a_half_open_breaker_may_be_made_elsewhere() -> None:
    """One of two addresses is back; the probe finds it, whichever it asks first."""

    async def scenario(group: Group, seen: list[Seen]) -> None:
        assert group.breaker is not None
        group.breaker.failed(0.0)
        assert group.breaker.state(monotonic()) == "half-open"
        for _ in range(3):
            assert (await call(group)).status == 200
        assert group.breaker.state(monotonic()) == "closed"

    with_upstreams([None, answering(200, b"x")], scenario, breaking=Breaking(calls=1, seconds=0.001))


def test_streams_that_go_on_hold_up_neither_the_breaker_nor_an_address_on_probation() -> None:
    """Their heads have come; when they end nobody knows."""

    async def streams(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\n\r\n: begun\n\n")
        await writer.drain()
        await reader.read()

    async def scenario(group: Group, seen: list[Seen]) -> None:
        assert group.breaker is not None
        group.breaker.failed(0.0)
        for endpoint in group.endpoints:
            group.failed(endpoint, 0.0)
        assert group.breaker.state(monotonic()) == "half-open"
        calls = []
        for _ in range(10):
            caller = Caller()
            made = Call(group, caller, message, head_only=False, safe=True)
            made.start()
            await until(lambda caller=caller: caller.status)
            calls.append(made)
        assert group.breaker.state(monotonic()) == "closed"
        assert [endpoint.standing.state(monotonic()) for endpoint in group.endpoints] == ["well", "well"]
        for made in calls:
            made.cancel()
        assert group.breaker.state(monotonic()) == "closed"

    with_upstreams(
        [streams, streams], scenario,
        breaking=Breaking(calls=1, seconds=0.001, probes=3), ejection=Ejection(failures=1),
    )  # fmt: skip
