import asyncio
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from gateway.idempotency.answers import Answer, Claim
from gateway.idempotency.replays import Replays
from gateway.idempotency.settings import Keeping
from gateway.idempotency.shared import Shared
from gateway.snapshot.operation import Mode, Modes
from gateway.upstreams.policy import Course
from gateway.verdicts import Decision, Refusal, Request
from tests.gateway import redis_server
from tests.gateway.http.calling import raw
from tests.gateway.redis_server import Server
from tests.gateway.world import (
    GOOD,
    HEADERS,
    Handler,
    answering,
    orders,
    running,
    until,
)

ACCEPT = Course(keys="accept")
(CONTRACT,) = orders().contracts


@dataclass
class Asking:
    """A call that asks."""

    request: Request
    decision: Decision
    claim: Claim | None = None
    over: bool = False
    told: list[object] = field(default_factory=list)

    def proceed(self) -> None:
        self.told.append("goes on")

    def turn_down(self, refusal: Refusal) -> None:
        self.told.append((refusal.status, refusal.code))

    def replay(self, answer: Answer) -> None:
        self.told.append(answer.body)


def asking(key: bytes | None = b'"k"', body: bytes = b"{}", peer: str = "192.0.2.1") -> Asking:
    headers = [(b"idempotency-key", key)] if key is not None else []
    request = Request("POST", b"/orders", b"", headers, body, peer=peer)
    return Asking(request, Decision(contract=CONTRACT, target=b"/orders"))


def asked(replays: Replays, course: Course = ACCEPT, **changes: object) -> Asking:
    caller = asking(**changes)  # type: ignore[arg-type]
    replays.begin(caller, course)
    return caller


def end(
    replays: Replays, caller: Asking, status: int = 201, body: bytes | None = b"made", sent: bool = True
) -> None:
    assert caller.claim is not None
    replays.end(caller.claim, sent=sent, status=status, headers=[(b"a", b"b")], body=body)


def test_the_first_call_is_made_and_its_answer_repeated() -> None:
    replays = Replays()
    first = asked(replays)
    assert first.told == ["goes on"]
    assert asked(replays).told == [(409, "idempotency-in-flight")]
    assert asked(replays, body=b"[]").told == [(422, "idempotency-key-reused")]
    end(replays, first)
    assert asked(replays).told == [b"made"]
    assert asked(replays, key=b"k").told == [b"made"], "with and without quotes it is the same key"
    assert asked(replays, peer="192.0.2.9").told == ["goes on"], "another caller's key is another key"
    assert replays.counts == {"claimed": 1, "other": 1, "kept": 1, "replayed": 2}


def test_without_a_key_a_call_goes_on_or_not_as_configured() -> None:
    replays = Replays()
    assert asked(replays, key=None).told == ["goes on"]
    assert asked(replays, Course(keys="require"), key=None).told == [(400, "idempotency-key-missing")]
    assert asked(replays, key=b"a, b").told == [(400, "idempotency-key-malformed")]


@pytest.mark.parametrize(
    ("how", "then"),
    [
        ({"status": 422, "body": b"no"}, b"no"),
        ({"status": 500, "body": b"oh"}, b"oh"),
        ({"status": 503}, "goes on"),
        ({"status": 429}, "goes on"),
        ({"status": 401}, "goes on"),
        ({"status": 0, "body": None, "sent": False}, "goes on"),
        ({"status": 504}, (409, "idempotency-unknown")),
        ({"status": 0, "body": None}, (409, "idempotency-unknown")),
        ({"body": b"x" * 300_000}, (409, "idempotency-unknown")),
    ],
)
def test_what_is_repeated_what_is_made_again_and_what_nobody_knows(
    how: dict[str, object], then: object
) -> None:
    replays = Replays()
    end(replays, asked(replays), **how)  # type: ignore[arg-type]
    assert asked(replays).told == [then]


def test_what_nobody_knows_is_sent_on_where_that_is_configured() -> None:
    replays = Replays(Keeping(unknown="forward"))
    end(replays, asked(replays), status=0, body=None)
    assert asked(replays).told == ["goes on"]


def test_there_is_an_end_to_keys_on_their_way() -> None:
    replays = Replays(Keeping(entries=1))
    asked(replays)
    assert asked(replays, key=b"l").told == [(503, "idempotency-full")]


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with redis_server.serving(tmp_path_factory.mktemp("redis")) as server:
        yield server


def test_gateways_share_keys_by_redis(redis: Server) -> None:
    async def scenario() -> None:
        settings = Keeping(redis=redis.url)
        one, two = (Replays(settings, shared=Shared(settings, timeout=5)) for _ in range(2))
        first = asked(one)
        await until(lambda: first.told)
        second = asked(two)
        await until(lambda: second.told)
        assert (first.told, second.told) == (["goes on"], [(409, "idempotency-in-flight")])
        end(one, first)
        await one.close()  # waits for what is being told
        third = asked(two)
        await until(lambda: third.told)
        assert third.told == [b"made"]
        assert len(one.memory) == len(two.memory) == 0
        await two.close()

    asyncio.run(scenario())


def test_a_caller_that_left_while_redis_was_asked_leaves_its_key_free(redis: Server) -> None:
    async def scenario() -> None:
        settings = Keeping(redis=redis.url)
        replays = Replays(settings, shared=Shared(settings, timeout=5))
        gone = asked(replays, key=b"left")
        gone.over = True
        await until(lambda: not replays._tasks)
        back = asked(replays, key=b"left")
        await until(lambda: back.told)
        assert (gone.told, back.told) == ([], ["goes on"])
        await replays.close()

    asyncio.run(scenario())


def test_without_redis_calls_are_refused_or_kept_here_as_configured(tmp_path: Path) -> None:
    async def scenario(url: str) -> None:
        closed, local = Replays(Keeping(redis=url)), Replays(Keeping(redis=url, when_away="allow-local"))
        refused, first = asked(closed), asked(local)
        await until(lambda: refused.told and first.told)
        assert refused.told == [(503, "idempotency-unavailable")]
        assert first.told == ["goes on"]
        end(local, first)
        second = asked(local)
        await until(lambda: second.told)
        assert second.told == [b"made"]
        unkeyed = asked(closed, key=None)
        assert unkeyed.told == ["goes on"]
        assert (closed.counts["away"], local.counts["local"]) == (1, 2)
        for replays in (closed, local):
            await replays.close()

    with redis_server.serving(tmp_path) as server:
        server.kill()
        asyncio.run(scenario(server.url))


KEYS = {"operations": {"POST /orders": {"idempotency": "require"}}}
LINES = [b"content-type: application/json", b"x-made: 1"]


def test_a_repeated_call_gets_the_first_ones_answer_and_is_made_once() -> None:
    async def scenario(response: Mode) -> tuple[list[tuple[int, bytes, Any]], int]:
        def make(url: str) -> Any:
            return orders(url, modes=Modes("enforce", response), said=KEYS)

        async with running(answering(201, GOOD, LINES), make) as gateway:
            told = [await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS) for _ in range(2)]
            other = GOOD.replace(b"2", b"3")
            told.append(await gateway.call("POST", "/erp/v1/orders", other, HEADERS))
            return told, len(gateway.seen.heads)

    for mode in ("enforce", "monitor", "off"):
        (first, second, third), made = asyncio.run(scenario(cast(Mode, mode)))
        assert (first[0], first[2]) == (second[0], second[2]) == (201, {"sku": "A-1", "quantity": 2})
        assert b"x-made: 1" in second[1]
        assert b"idempotency-replayed: true" in second[1]
        assert b"idempotency-replayed" not in first[1]
        assert (third[0], third[2]["type"]) == (422, "urn:lading:problem:idempotency-key-reused")
        assert made == 1


def test_a_caller_that_lost_its_connection_finds_the_answer_when_it_comes_back() -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await go_on.wait()
        await answering(201, GOOD)(head, reader, writer)

    async def scenario() -> tuple[list[int], int]:
        async with running(handle, lambda url: orders(url, said=KEYS)) as gateway:
            lines = b"".join(b"%s: %s\r\n" % pair for pair in HEADERS)
            _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(
                b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\n%scontent-length: %d\r\n\r\n%s"
                % (lines, len(GOOD), GOOD)
            )
            await arrived.wait()
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
            await until(lambda: gateway.runtime.orphans)
            early = (await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0]
            go_on.set()
            await until(lambda: not gateway.runtime.orphans)
            late = (await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0]
            return [early, late], len(gateway.seen.heads)

    assert asyncio.run(scenario()) == ([409, 201], 1)


def test_an_answer_that_was_lost_is_not_asked_for_again() -> None:
    async def scenario(handler: Handler) -> list[int]:
        async with running(handler, lambda url: orders(url, said=KEYS)) as gateway:
            return [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(2)]

    lost = raw(b"HTTP/1.1 201 X\r\ncontent-length: 99\r\n\r\n", close=True)
    assert asyncio.run(scenario(lost)) == [502, 409]
    wrong = answering(201, b"[]")
    assert asyncio.run(scenario(wrong)) == [502, 409]


def test_a_call_that_never_left_may_be_made_again() -> None:
    async def scenario() -> list[int]:
        async with running(answering(), lambda url: orders("http://127.0.0.1:9", said=KEYS)) as gateway:
            return [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(2)]

    assert asyncio.run(scenario()) == [502, 502]
