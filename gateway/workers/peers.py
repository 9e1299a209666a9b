"""Workers ask each other over sockets in a folder that only their user can enter."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

PATIENCE = 2.0
"""Seconds that another worker has to answer."""
_MOST = 64 * 1024 * 1024


class Peers:
    """The workers of one gateway. `answers` are what this one tells, by the word that it is asked with."""

    def __init__(
        self,
        folder: Path,
        number: int,
        of: int,
        answers: Mapping[str, Callable[[], bytes]],
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._folder = folder
        self._number = number
        self._of = of
        self._answers = answers
        self._patience = patience

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Answers the others while the block runs."""
        held = socket.socket(socket.AF_UNIX)
        path, made = self._path(self._number), self._folder / f"{self._number}.{os.getpid()}"
        held.bind(str(made))
        held.listen(16)
        # In one step, also where the one before has not gone yet.
        made.rename(path)
        server = await asyncio.start_unix_server(self._serve, sock=held)
        try:
            yield
        finally:
            server.close()

    async def ask(self, word: str) -> dict[int, bytes | None]:
        """What each worker tells, this one included; None for one that does not answer in time."""
        others = [number for number in range(self._of) if number != self._number]
        found = await asyncio.gather(*(self._ask(number, word) for number in others))
        return {self._number: self._answers[word](), **dict(zip(others, found, strict=True))}

    async def _ask(self, number: int, word: str) -> bytes | None:
        try:
            async with asyncio.timeout(self._patience):
                reader, writer = await asyncio.open_unix_connection(self._path(number), limit=_MOST)
                try:
                    writer.write(word.encode() + b"\n")
                    length = int.from_bytes(await reader.readexactly(8), "big")
                    return await reader.readexactly(length) if length <= _MOST else None
                finally:
                    writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self._patience):
                word = (await reader.readline()).decode("ascii", "replace").strip()
                answer = self._answers.get(word)
                if answer is not None:
                    told = answer()
                    writer.write(len(told).to_bytes(8, "big") + told)
                    await writer.drain()
        except (OSError, TimeoutError):
            return
        finally:
            writer.close()

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.sock"
