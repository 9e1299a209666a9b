"""Calls to the gateway itself: answered here, neither judged nor counted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeAlias

from gateway.verdicts import Header

from .exchange import Exchange

Answer: TypeAlias = tuple[int, list[Header], bytes]
ADMIN = b"/-/"
"""What paths of the gateway itself begin with."""


class Administration(Exchange):
    """Tells what `runtime.admin` answers, at once or when it is known."""

    __slots__ = ("_asking",)

    _asking: asyncio.Task[None]

    def run(self) -> None:
        self._done = True  # nothing of it is counted, whatever becomes of the caller
        told = self._runtime.admin(self.request)
        if isinstance(told, tuple):
            self._tell(told)
        else:
            self._asking = asyncio.get_running_loop().create_task(self._ask(told))

    async def _ask(self, told: Awaitable[Answer]) -> None:
        self._tell(await told)

    def _tell(self, answer: Answer) -> None:
        status, headers, body = answer
        sent = b"" if self.request.method == "HEAD" else body
        self._channel.answer(self, status, headers, (), len(body), sent)
