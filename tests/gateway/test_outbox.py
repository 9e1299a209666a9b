from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvloop

from gateway.outbox import Outbox, outbox


class Transport:
    """Notes what is done with it."""

    def __init__(self, log: list[tuple[str, Any]], name: str = "t") -> None:
        self.log, self.name, self.closed = log, name, False

    def is_closing(self) -> bool:
        return self.closed

    def write(self, data: bytes) -> None:
        self.log.append((self.name, data))

    def close(self) -> None:
        self.closed = True
        self.log.append((self.name, None))


@pytest.fixture(
    params=[asyncio.Runner, lambda: asyncio.Runner(loop_factory=uvloop.new_event_loop)],
    ids=["asyncio", "uvloop"],
)
def runner(request: pytest.FixtureRequest) -> asyncio.Runner:
    made: asyncio.Runner = request.param()
    return made


def test_what_a_turn_writes_goes_out_in_its_order_when_the_turn_is_over(runner: asyncio.Runner) -> None:
    log: list[tuple[str, Any]] = []

    async def scenario() -> None:
        one, other = Transport(log, "one"), Transport(log, "other")
        held: Any = outbox()
        held.write(one, b"1")
        held.write(other, b"2")
        held.write(one, b"3")
        held.close(one)
        assert log == []
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert log == [("one", b"1"), ("other", b"2"), ("one", b"3"), ("one", None)]
        held.close(other)  # with nothing before it, at once
        assert log[-1] == ("other", None)

    with runner:
        runner.run(scenario())


def test_what_was_closed_meanwhile_is_written_to_no_more() -> None:
    log: list[tuple[str, Any]] = []

    async def scenario() -> None:
        gone, there = Transport(log, "gone"), Transport(log, "there")
        held: Any = Outbox(asyncio.get_running_loop())
        held.write(gone, b"1")
        held.write(there, b"2")
        held.close(gone)
        gone.closed = True
        held.flush()
        assert log == [("there", b"2")]

    asyncio.run(scenario())


def test_what_is_written_while_it_goes_out_follows() -> None:
    log: list[tuple[str, Any]] = []

    async def scenario() -> None:
        held: Any = Outbox(asyncio.get_running_loop())

        class Answering(Transport):
            def write(self, data: bytes) -> None:
                super().write(data)
                if data == b"1":
                    held.write(self, b"2")

        held.write(Answering(log), b"1")
        held.flush()
        assert log == [("t", b"1")]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert log == [("t", b"1"), ("t", b"2")]

    asyncio.run(scenario())


def test_one_that_fails_keeps_no_other_from_being_sent() -> None:
    log: list[tuple[str, Any]] = []

    class Broken(Transport):
        def write(self, data: bytes) -> None:
            raise RuntimeError("broken")

    async def scenario() -> None:
        held: Any = Outbox(asyncio.get_running_loop())
        held.write(Broken(log), b"1")
        held.write(Transport(log), b"2")
        held.close(Transport(log))
        with pytest.raises(RuntimeError, match="broken"):
            held.flush()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert log == [("t", b"2"), ("t", None)]

    asyncio.run(scenario())


def test_each_event_loop_has_its_own() -> None:
    async def mine() -> Outbox:
        assert outbox() is outbox()
        return outbox()

    assert asyncio.run(mine()) is not asyncio.run(mine())
