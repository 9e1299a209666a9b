import asyncio

from gateway.http.upstream import BUSY, Pool
from gateway.verdicts import Header
from tests.gateway.world import Handler, Seen, answering, until, upstream

REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"


class Caller:
    """A receiver that keeps what it hears."""

    def __init__(self) -> None:
        self.status = 0
        self.data = b""
        self.failed = ""
        self.over = asyncio.Event()

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None:
        self.status = status

    def response_data(self, data: bytes) -> None:
        self.data += data

    def response_complete(self) -> None:
        assert not self.over.is_set()
        self.over.set()

    def response_failed(self, reason: str) -> None:
        assert not self.over.is_set()
        self.failed = reason
        self.over.set()


async def calls(pool: Pool, number: int, **options: bool) -> list[Caller]:
    made = [Caller() for _ in range(number)]
    for caller in made:
        pool.send(REQUEST, caller, head_only=False, **options)
    await asyncio.gather(*(caller.over.wait() for caller in made))
    return made


def test_connections_are_kept_and_bounded() -> None:
    async def scenario() -> tuple[list[Caller], dict[str, int]]:
        async with upstream(answering(200, b"x"), Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}", most=3)
            made = await calls(pool, 20) + await calls(pool, 5)
            counts = pool.counts
            pool.close()
            return made, counts

    made, counts = asyncio.run(scenario())
    assert {(caller.status, caller.data) for caller in made} == {(200, b"x")}
    assert counts["open"] <= 3
    assert counts["idle"] == counts["open"]


def test_there_is_an_end_to_waiting() -> None:
    async def scenario() -> list[Caller]:
        async with upstream(answering(200, b"x"), Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}", most=1, waiting=2)
            made = await calls(pool, 6)
            pool.close()
            return made

    assert [caller.failed for caller in asyncio.run(scenario())].count(BUSY) == 4


def test_a_given_up_call_hears_nothing_more_and_its_connection_is_not_used_again() -> None:
    async def silent(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    handler: Handler = silent

    async def scenario() -> tuple[Caller, dict[str, int]]:
        async with upstream(handler, Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}")
            caller = Caller()
            ticket = pool.send(REQUEST, caller, head_only=False)
            await until(lambda: ticket.connection is not None)
            ticket.cancel()
            await asyncio.sleep(0.05)
            return caller, pool.counts

    caller, counts = asyncio.run(scenario())
    assert not caller.over.is_set()
    assert counts == {"open": 0, "idle": 0, "waiting": 0}


def test_early_hints_are_not_the_answer() -> None:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 103 Early\r\nlink: x\r\n\r\nHTTP/1.1 204 X\r\n\r\n")

    async def scenario() -> list[Caller]:
        async with upstream(handle, Seen()) as port:
            return await calls(Pool(f"http://127.0.0.1:{port}"), 1)

    (caller,) = asyncio.run(scenario())
    assert (caller.status, caller.failed) == (204, "")


def test_a_connection_with_more_than_its_answer_is_not_used_again() -> None:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 X\r\ncontent-length: 1\r\n\r\nxHTTP/1.1 200 X\r\ncontent-length: 6\r\n\r\npoison"
        )

    async def scenario() -> tuple[list[Caller], list[Caller], int]:
        async with upstream(handle, Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}")
            first = await calls(pool, 1)
            await asyncio.sleep(0.05)
            return first, await calls(pool, 1), pool.counts["idle"]

    first, second, _ = asyncio.run(scenario())
    assert first[0].data == b"x"
    assert second[0].data == b"x"
