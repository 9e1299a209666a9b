import asyncio

from gateway.upstreams.checking import Checker
from gateway.upstreams.policy import Checks
from gateway.upstreams.pool import Pool
from gateway.upstreams.standing import Standing
from tests.gateway.world import Handler, Seen, answering, until, upstream

SETTINGS = Checks("/healthz?deep=1", interval=10.0, timeout=2.0, failures=2, successes=1)


def asked(handler: Handler, ticks: list[float]) -> tuple[Checker, Standing, Seen]:
    """A checker that was ticked at these times; the first tick only chooses when to begin."""
    seen = Seen()

    async def scenario() -> tuple[Checker, Standing]:
        async with upstream(handler, seen) as port:
            standing = Standing()
            checker = Checker(SETTINGS, Pool(f"http://127.0.0.1:{port}"), standing)
            checker.tick(0.5)
            for now in ticks:
                before, waiting = len(seen.heads), checker.asking
                checker.tick(now)
                if checker.asking and not waiting:
                    await until(lambda before=before: len(seen.heads) > before or not checker.asking)
                    if handler is not silent:
                        await until(lambda: not checker.asking)
            checker.stop()
            return checker, standing

    checker, standing = asyncio.run(scenario())
    return checker, standing, seen


async def silent(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def test_an_address_is_asked_now_and_then() -> None:
    checker, standing, seen = asked(answering(204), [11.0, 12.0, 20.0, 22.0])
    assert len(seen.heads) == 2
    assert seen.heads[0].startswith(b"GET /healthz?deep=1 HTTP/1.1\r\nhost: 127.0.0.1:")
    assert (checker.problem, standing.state(0.0)) == ("", "well")


def test_wrong_answers_take_it_out() -> None:
    checker, standing, _ = asked(answering(500), [11.0])
    assert (checker.problem, standing.state(0.0)) == ("status 500", "well")
    checker, standing, _ = asked(answering(500), [11.0, 22.0])
    assert (checker.problem, standing.state(0.0)) == ("status 500", "unwell")


def test_no_answer_is_a_wrong_one() -> None:
    checker, standing, seen = asked(silent, [11.0, 12.0, 13.1, 22.0, 24.5])
    assert len(seen.heads) == 2
    assert (checker.problem, standing.state(0.0)) == ("no answer within 2 s", "unwell")


def test_an_address_that_is_not_there_is_unwell() -> None:
    async def scenario() -> tuple[str, str]:
        standing = Standing()
        checker = Checker(SETTINGS, Pool("http://127.0.0.1:9"), standing)
        for now in (0.5, 11.0, 22.0):
            checker.tick(now)
            await until(lambda: not checker.asking)
        return checker.problem, standing.state(0.0)

    problem, state = asyncio.run(scenario())
    assert state == "unwell"
    assert problem.startswith("the upstream cannot be reached")
