"""A receiver that keeps what it hears, and upstreams that misbehave."""

from __future__ import annotations

import asyncio

from gateway.upstreams.receiving import Failure
from gateway.verdicts import Header


class Caller:
    """`over` is set at the end, of which there is only one."""

    def __init__(self) -> None:
        self.status = 0
        self.data = b""
        self.failed: Failure | None = None
        self.over = asyncio.Event()

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None:
        assert not self.status
        self.status = status

    def response_data(self, data: bytes) -> None:
        self.data += data

    def response_trailers(self, trailers: list[Header]) -> None: ...

    def response_complete(self) -> None:
        assert not self.over.is_set()
        self.over.set()

    def response_failed(self, failure: Failure) -> None:
        assert not self.over.is_set()
        self.failed = failure
        self.over.set()

    @property
    def kind(self) -> str:
        return self.failed.kind if self.failed is not None else ""
