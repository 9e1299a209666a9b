"""The access log: one line of JSON a call, without queries, header values, bodies or keys."""

from __future__ import annotations

import asyncio
import select
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from gateway.observations.redaction import told
from gateway.tracing.context import trace_id_of
from gateway.traffic.words import template_of
from gateway.verdicts import Fault, Outcome, Refusal, Verdict

if TYPE_CHECKING:
    from gateway.http.exchange import Exchange

_MOST_FAULTS = 3
_FLUSH = 0.1
_FULL = 64 * 1024


class Lines:
    """Gathers lines and writes them together, a tenth of a second after the first, or when there are many.

    A reader that goes away ends the log, not the gateway. With `shared` other processes write to the same pipe: what is
    written at once is then no more than a pipe keeps together, so that lines stay whole.
    """

    def __init__(self, file: BinaryIO, *, shared: bool = False) -> None:
        self._file: BinaryIO | None = file
        self._shared = shared
        self._held: list[bytes] = []
        self._size = 0

    def write(self, line: bytes) -> None:
        if self._file is None:
            return
        if not self._held:
            asyncio.get_running_loop().call_later(_FLUSH, self.flush)
        self._held.append(line)
        self._size += len(line)
        if self._size >= _FULL:
            self.flush()

    def flush(self) -> None:
        held, self._held, self._size = self._held, [], 0
        if self._file is None or not held:
            return
        try:
            for text in _groups(held) if self._shared else (b"".join(held),):
                self._file.write(text)
                self._file.flush()
        except OSError:
            self._file = None


def _groups(lines: list[bytes]) -> Iterator[bytes]:
    """The lines in groups of at most PIPE_BUF bytes; a longer line is a group of its own."""
    group: list[bytes] = []
    size = 0
    for line in lines:
        if group and size + len(line) > select.PIPE_BUF:
            yield b"".join(group)
            group, size = [], 0
        group.append(line)
        size += len(line)
    if group:
        yield b"".join(group)


class AccessLog:
    """Writes a line for each call. `write` takes the line with its newline; `clock` gives seconds since 1970.

    A path is written as the operation's template, as its values may be personal; of a path of no operation the
    segments stay that read like names.
    """

    def __init__(self, write: Callable[[bytes], object], clock: Callable[[], float]) -> None:
        self._write = write
        self._clock = clock

    def record(
        self,
        exchange: Exchange,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
        seconds: float,
    ) -> None:
        decision = exchange.decision
        operation, contract = decision.operation, decision.contract
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds"),
            "operation": operation.key
            if operation is not None and operation.key
            else template_of(exchange.request),
            "status": status,
            "outcome": outcome,
            "ms": round(seconds * 1000, 2),
        }
        trace = exchange.trace
        trace_id = trace.trace_id.decode() if trace is not None else trace_id_of(exchange.request.fields)
        if trace_id is not None:
            line["trace_id"] = trace_id
        if contract is not None:
            line["contract"] = f"{contract.name}@{contract.version}"
        if decision.consumer is not None:
            line["consumer"] = decision.consumer.name
        if refusal is not None:
            line["reason"] = refusal.code
        faults = decision.faults or (verdict.faults if verdict is not None else ())
        if faults:
            line["faults"] = [in_words(fault) for fault in faults[:_MOST_FAULTS]]
        unvalidated = decision.unvalidated + (verdict.unvalidated if verdict is not None else ())
        if unvalidated:
            line["unvalidated"] = list(unvalidated[:_MOST_FAULTS])
        self._write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


def in_words(fault: Fault) -> str:
    """A fault as a line of a log tells it."""
    pointer, message = told(fault)
    return f"{fault.place} {pointer or '(whole)'}: {message}"
