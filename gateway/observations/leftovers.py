"""Spools of processes that share a data folder: each takes one for itself, and what dead ones left is sent by the living."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from .sending import Sender
from .spool import InUse, Spool, holds_segments

MOST = 256
"""Spools below one folder."""
EVERY = 15.0
"""Seconds between two looks for what was left."""


def claim(folder: Path) -> Spool:
    """The first spool that nobody has: `spool`, `spool-1` and so on, with what its last owner left. Raises `InUse`."""
    for number in range(MOST):
        try:
            return Spool(_path(folder, number))
        except InUse:
            continue
    raise InUse(str(folder))


class Leftovers:
    """Sends what nobody's spools hold. `sender` makes one for a spool."""

    def __init__(self, folder: Path, sender: Callable[[Spool], Sender]) -> None:
        self._folder = folder
        self._sender = sender
        self.waiting = 0
        """Segments of others that this process has taken up and could not send yet."""
        self.sent = 0
        self.problem = ""

    async def run(self, every: float = EVERY) -> None:
        """Looks again and again, until cancelled."""
        while True:
            try:
                await self.look()
                self.problem = ""
            except OSError as error:
                self.problem = f"what others left cannot be read: {error.strerror or error}"
            await asyncio.sleep(every)

    async def look(self) -> None:
        """Sends what there is to send now; what cannot be sent stays for the next look, or for another process."""
        for number in range(MOST):
            path = _path(self._folder, number)
            if not path.is_dir() or not holds_segments(path):
                continue
            try:
                spool = Spool(path)
            except InUse:
                continue
            await self._send(spool)

    async def _send(self, spool: Spool) -> None:
        sender = self._sender(spool)
        before = len(spool.sealed)
        self.waiting += before
        try:
            await sender.send_all()
        finally:
            self.waiting -= before
            self.sent += before - len(spool.sealed)
            await sender.close()
            spool.close()


def _path(folder: Path, number: int) -> Path:
    return folder / ("spool" if number == 0 else f"spool-{number}")
