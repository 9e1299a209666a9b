import asyncio
import socket
from pathlib import Path

from gateway.workers.peers import Peers


def peers(folder: Path, number: int, told: bytes, of: int = 2, patience: float = 5.0) -> Peers:
    return Peers(folder, number, of, {"metrics": lambda: told}, patience=patience)


def test_whoever_is_asked_tells_what_all_say(tmp_path: Path) -> None:
    async def scenario() -> tuple[dict[int, bytes | None], dict[int, bytes | None]]:
        one, other = peers(tmp_path, 0, b"zero"), peers(tmp_path, 1, b"one" * 1_000_000)
        async with one.listening(), other.listening():
            return await one.ask("metrics"), await other.ask("metrics")

    told = {0: b"zero", 1: b"one" * 1_000_000}
    assert asyncio.run(scenario()) == (told, told)


def test_who_is_not_there_or_does_not_answer_is_none(tmp_path: Path) -> None:
    silent = socket.socket(socket.AF_UNIX)
    silent.bind(str(tmp_path / "1.sock"))
    silent.listen()

    async def scenario() -> dict[int, bytes | None]:
        return await peers(tmp_path, 0, b"zero", of=3, patience=0.2).ask("metrics")

    assert asyncio.run(scenario()) == {0: b"zero", 1: None, 2: None}
    silent.close()


def test_a_successor_is_asked_from_the_moment_that_it_listens(tmp_path: Path) -> None:
    async def scenario() -> list[bytes | None]:
        found = []
        asking = peers(tmp_path, 0, b"zero")
        async with peers(tmp_path, 1, b"old").listening():
            found.append((await asking.ask("metrics"))[1])
            # In one process the name that it is made under is the same; its predecessor is gone from the path.
            (tmp_path / "1.sock").rename(tmp_path / "old")
            async with peers(tmp_path, 1, b"new").listening():
                found.append((await asking.ask("metrics"))[1])
        return found

    assert asyncio.run(scenario()) == [b"old", b"new"]


def test_a_word_that_nobody_knows_is_not_answered(tmp_path: Path) -> None:
    async def scenario() -> bytes:
        async with peers(tmp_path, 1, b"one").listening():
            reader, writer = await asyncio.open_unix_connection(tmp_path / "1.sock")
            writer.write(b"secrets\n")
            answer = await reader.read()
            writer.close()
            return answer

    assert asyncio.run(scenario()) == b""
