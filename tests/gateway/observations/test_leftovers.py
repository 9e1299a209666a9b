import asyncio
from pathlib import Path

import pytest

from gateway.observations.leftovers import MOST, Leftovers, claim
from gateway.observations.spool import InUse, Spool
from tests.gateway.world import until


class Sender:
    """Sends everything, or nothing while `away`."""

    away = False
    sent: list[str]

    def __init__(self, spool: Spool) -> None:
        self.spool = spool

    async def send_all(self) -> bool:
        if self.away:
            return False
        for segment in tuple(self.spool.sealed):
            self.sent.append(segment.batch)
            self.spool.forget(segment)
        return True

    async def close(self) -> None: ...


def left(folder: Path, name: str) -> None:
    """What a dead process has left."""
    spool = Spool(folder / name)
    spool.count("a", lambda: {"kind": "call"}, 1.0)
    spool.close()


@pytest.fixture
def sender() -> type[Sender]:
    return type("Fresh", (Sender,), {"sent": []})


def test_each_takes_the_first_that_is_free_with_what_is_in_it(tmp_path: Path) -> None:
    left(tmp_path, "spool-1")
    first, second, third = claim(tmp_path), claim(tmp_path), claim(tmp_path)
    assert [len(spool.sealed) for spool in (first, second, third)] == [0, 1, 0]
    second.close()
    again = claim(tmp_path)
    assert len(again.sealed) == 1
    for spool in (first, third, again):
        spool.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["spool", "spool-1", "spool-2"]


def test_there_is_an_end_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.observations.leftovers.MOST", 1)
    held = claim(tmp_path)
    with pytest.raises(InUse):
        claim(tmp_path)
    held.close()
    assert MOST > 128


def test_what_the_dead_left_is_sent_and_what_the_living_have_is_not(
    tmp_path: Path, sender: type[Sender]
) -> None:
    own = claim(tmp_path)
    for name in ("spool-1", "spool-2", "spool-7"):
        left(tmp_path, name)
    other = Spool(tmp_path / "spool-2")
    leftovers = Leftovers(tmp_path, sender)  # type: ignore[arg-type]
    asyncio.run(leftovers.look())
    assert len(sender.sent) == leftovers.sent == 2
    assert len(other.sealed) == 1
    assert leftovers.waiting == 0
    other.close()
    asyncio.run(leftovers.look())
    assert len(set(sender.sent)) == leftovers.sent == 3
    own.close()


def test_while_the_registry_is_away_it_stays_for_whoever_comes(tmp_path: Path, sender: type[Sender]) -> None:
    left(tmp_path, "spool-3")
    sender.away = True
    leftovers = Leftovers(tmp_path, sender)  # type: ignore[arg-type]
    asyncio.run(leftovers.look())
    assert leftovers.sent == 0
    spool = Spool(tmp_path / "spool-3")  # it was given back
    assert len(spool.sealed) == 1
    spool.close()


def test_what_cannot_be_read_is_told_and_tried_again(
    tmp_path: Path, sender: type[Sender], monkeypatch: pytest.MonkeyPatch
) -> None:
    left(tmp_path, "spool-3")
    leftovers = Leftovers(tmp_path, sender)  # type: ignore[arg-type]
    opened = Spool

    def full(path: Path) -> Spool:
        raise OSError(28, "No space left on device")

    async def scenario() -> None:
        monkeypatch.setattr("gateway.observations.leftovers.Spool", full)
        looking = asyncio.create_task(leftovers.run(every=0.01))
        await until(lambda: leftovers.problem)
        assert "No space left" in leftovers.problem
        monkeypatch.setattr("gateway.observations.leftovers.Spool", opened)
        await until(lambda: leftovers.sent == 1)
        await until(lambda: not leftovers.problem)
        looking.cancel()

    asyncio.run(scenario())
