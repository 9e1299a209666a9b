"""A gateway that checks nothing and learns: what is set up for it, and what is said of it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from gateway.configuration import Configuration
from gateway.http.server import GRACE
from gateway.service import Service, run
from gateway.traffic.learning.draft import Learner
from gateway.traffic.learning.drafting import Drafting
from gateway.traffic.learning.recording import Recording, everything
from lading import auditing, gateways
from lading.outcome import COULD_NOT_TELL, YES, CouldNotTell

_WARNING = """\
lading: NOTHING IS CHECKED. This gateway passes every call on to {upstreams}, from anyone, and answers
lading: with whatever comes back. It keeps names, types and formats, no values. End it when you have seen enough."""


class Learning:
    """The parts: what serves, what listens, what writes. Raises `CouldNotTell` for options that do not go together."""

    def __init__(
        self, target: Path, upstreams: tuple[str, ...], log: BinaryIO | None, configuration: Configuration
    ) -> None:
        gateways.addresses(upstreams)
        if not target.parent.is_dir():
            raise CouldNotTell(f"{target.parent} is no folder.", "The draft is written there.")
        self._target = target
        self._upstreams = upstreams
        self._learner = Learner(servers=tuple(_server(upstream) for upstream in upstreams))
        self._drafting = Drafting(self._learner, target)
        recording = Recording(self._learner)
        self.service = Service(
            everything(upstreams, configuration.upstreams),
            access_log=log,
            configuration=configuration,
            watching=(recording,),
        )
        runtime = self.service.runtime
        runtime.admin = self._drafting.administration(runtime.admin)

    def announce(self, listener: socket.socket, office: socket.socket | None = None) -> None:
        print(_WARNING.format(upstreams=", ".join(self._upstreams)), file=sys.stderr)
        print(
            f"Learning on {_url(listener)}; the draft so far: {_url(office or listener)}/-/draft. "
            f"Ctrl-C ends it and writes {self._target}.",
            file=sys.stderr,
            flush=True,
        )

    async def run(
        self, listener: socket.socket, *, office: socket.socket | None = None, grace: float = GRACE
    ) -> None:
        """Serves until the process is told to end; operators are answered at `office`, where there is one."""
        task = asyncio.get_running_loop().create_task(self._drafting.writing())
        try:
            await run(self.service, listener, office=office, grace=grace)
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def finish(self) -> int:
        """Writes the draft, and says what went into it."""
        draft: Mapping[str, Any] | None = self._drafting.write()
        if draft is None and self._drafting.problem:
            raise CouldNotTell(f"{self._target} cannot be written: {self._drafting.problem}.")
        if draft is None:
            print("Nothing that was answered was called, so there is nothing to write.", file=sys.stderr)
            return COULD_NOT_TELL
        print(auditing.learned(self._target, draft, self._learner), file=sys.stderr)
        if self._learner.full:
            print("There was more than is kept; the draft describes a part of it.", file=sys.stderr)
        return YES


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _server(upstream: str) -> str:
    parts = urlsplit(upstream)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
