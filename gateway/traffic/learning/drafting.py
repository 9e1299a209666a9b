"""The draft of a running recording: asked for, written every minute, and written at the end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from gateway.admin import NO_STORE
from gateway.http.administration import Answer
from gateway.verdicts import Request

from .draft import Learner
from .writing import dumped

EVERY = 60.0
"""Seconds between two times that the file is written, so that a process that is killed loses little."""
PATH = b"/-/draft"
Administer = Callable[[Request], Answer | Awaitable[Answer]]


class Drafting:
    """Writes what a learner knows to a file, as a whole or not at all. `problem` says why it could not be written."""

    def __init__(self, learner: Learner, target: Path) -> None:
        self._learner = learner
        self._target = target
        self._written = 0
        self.problem = ""

    def write(self) -> dict[str, Any] | None:
        """Writes the draft; None where there is nothing to write yet, or it cannot be written."""
        draft = self._learner.draft()
        if not draft["paths"]:
            return None
        beside = self._target.with_name(f".{self._target.name}.{os.getpid()}")
        try:
            beside.write_text(dumped(draft), "utf-8")
            beside.replace(self._target)
        except OSError as error:
            self.problem = error.strerror or str(error)
            beside.unlink(missing_ok=True)
            return None
        self.problem = ""
        self._written = self._learner.exchanges
        return draft

    async def writing(self, every: float = EVERY) -> None:
        """Writes until cancelled, where something was learned since."""
        while True:
            await asyncio.sleep(every)
            if self._learner.exchanges != self._written:
                self.write()

    def administration(self, others: Administer) -> Administer:
        """Answers `/-/draft` with the draft as it is now; anything else is for `others`."""

        def answer(request: Request) -> Answer | Awaitable[Answer]:
            if request.path != PATH or request.method not in ("GET", "HEAD"):
                return others(request)
            text = dumped(self._learner.draft()).encode()
            return 200, [(b"content-type", b"application/yaml"), NO_STORE], text

        return answer
