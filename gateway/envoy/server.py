"""The gRPC service that Envoy asks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import grpc

from gateway.evidence.gathering import Gathering
from gateway.pipeline import decide
from gateway.rates import Rates
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Refusal, Request

from . import authorization
from .clusters import cluster_of
from .messages_pb2 import CheckRequest, CheckResponse, ProcessingRequest, ProcessingResponse
from .processing import Processing
from .recording import Recording

_ROOM = 1024 * 1024
"""Bytes of a message beside the body in it."""
_ROUNDS = 4
"""How often a decision is made again with what was found out about the caller."""


class Answering:
    """Answers Envoy's questions from the snapshot in force."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot],
        clock: Callable[[], float],
        gathering: Gathering | None = None,
        rates: Rates | None = None,
        recording: Recording | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._clock = clock
        self._gathering = gathering
        self._rates = rates or Rates()
        self._recording = recording

    async def check(self, message: CheckRequest, context: Any) -> CheckResponse:
        """`Authorization/Check`."""
        request = authorization.request_of(message)
        if isinstance(request, Refusal):
            return authorization.denied(request)
        snapshot = self._snapshot()
        decision = await self._decided(snapshot, request)
        cluster = cluster_of(decision.contract) if decision.contract is not None else ""
        answer = authorization.answer(request, decision, cluster)
        if self._recording is not None and decision.refusal is not None:
            self._recording.refused(request, decision, decision.refusal.status, decision.refusal)
        elif self._recording is not None and answer.status.code == 0:
            answer.dynamic_metadata["call"] = self._recording.passed(request, decision)
        return answer

    async def _decided(self, snapshot: Snapshot, request: Request) -> Decision:
        gathering = self._gathering
        if gathering is None:
            return decide(snapshot, request, rates=self._rates, now=self._clock())
        for turn in range(_ROUNDS):
            decision = decide(
                snapshot,
                request,
                rates=self._rates,
                now=self._clock(),
                evidence=gathering.evidence,
                final=turn == _ROUNDS - 1,
            )
            if not decision.needs:
                break
            await gathering.settle(decision.needs)
        return decision

    async def process(
        self, messages: AsyncIterator[ProcessingRequest], context: Any
    ) -> AsyncIterator[ProcessingResponse]:
        """`ExternalProcessor/Process`."""
        snapshot = self._snapshot()
        call = Processing(snapshot)
        try:
            async for message in messages:
                yield call.take(message)
        finally:
            if self._recording is not None:
                self._recording.answered(call, snapshot)


def service(answering: Answering, most: int) -> grpc.aio.Server:
    """The gRPC server, not yet listening; `most` is the largest body in bytes."""
    server = grpc.aio.server(
        options=[("grpc.max_receive_message_length", most + _ROOM), ("grpc.so_reuseport", 0)]
    )
    server.add_generic_rpc_handlers(
        (
            grpc.method_handlers_generic_handler(
                "envoy.service.auth.v3.Authorization",
                {
                    "Check": grpc.unary_unary_rpc_method_handler(
                        answering.check, CheckRequest.FromString, CheckResponse.SerializeToString
                    )
                },
            ),
            grpc.method_handlers_generic_handler(
                "envoy.service.ext_proc.v3.ExternalProcessor",
                {
                    "Process": grpc.stream_stream_rpc_method_handler(
                        answering.process, ProcessingRequest.FromString, ProcessingResponse.SerializeToString
                    )
                },
            ),
        )
    )
    return server


@contextlib.asynccontextmanager
async def serving(
    answering: Answering, host: str, port: int, most: int, grace: float = 5.0
) -> AsyncIterator[int]:
    """Serves while the block runs, and gives the port; 0 takes a free one. Raises `OSError` where it is taken."""
    server = service(answering, most)
    try:
        taken = server.add_insecure_port(f"{host}:{port}")
    except RuntimeError as error:
        raise OSError(str(error)) from None
    await server.start()
    try:
        yield taken
    finally:
        await asyncio.shield(server.stop(grace))
