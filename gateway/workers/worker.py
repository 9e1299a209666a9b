"""What a process knows of being one of several."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from gateway.rates import Rates


@dataclass(frozen=True, slots=True)
class Worker:
    """`folder` holds the sockets by which workers ask each other, `restarts` is how often this place was taken anew.

    `life` is a descriptor that ends when the supervisor is gone; a byte to `ready` says that calls are taken.
    """

    number: int
    of: int
    folder: Path
    rates: Rates
    life: int
    ready: int
    restarts: int = 0

    def tell_ready(self) -> None:
        os.write(self.ready, b"r")
        os.close(self.ready)

    async def orphaned(self) -> None:
        """Waits until the supervisor is gone; what it can tidy up no more is tidied up here."""
        gone = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self.life, gone.set)
        try:
            await gone.wait()
            shutil.rmtree(self.folder, ignore_errors=True)
        finally:
            loop.remove_reader(self.life)
