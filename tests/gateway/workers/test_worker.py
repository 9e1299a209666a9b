import asyncio
import os
from pathlib import Path

import pytest

from gateway.rates import Rates
from gateway.workers.worker import Worker


def test_it_says_once_that_it_serves() -> None:
    ours, theirs = os.pipe()
    Worker(0, 2, Path(), Rates(), -1, theirs).tell_ready()
    assert os.read(ours, 9) == b"r"
    assert os.read(ours, 9) == b""
    os.close(ours)


def test_it_notices_that_its_supervisor_is_gone(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    folder = tmp_path / "sockets"
    folder.mkdir()

    async def scenario() -> None:
        waiting = asyncio.ensure_future(Worker(0, 2, folder, Rates(), ours, -1).orphaned())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await asyncio.shield(waiting)
        assert folder.is_dir()
        os.close(theirs)
        await waiting
        assert not folder.exists()

    asyncio.run(scenario())
    os.close(ours)
