"""Let Envoy carry the traffic, and answer what it asks about every call.

\b
Write Envoy's configuration, then answer its questions:
  lading gateway-envoy --contract openapi.yaml --upstream http://127.0.0.1:9000 --output envoy.json
  lading gateway-envoy --contract openapi.yaml --upstream http://127.0.0.1:9000
  envoy -c envoy.json

\b
In front of a registry's contracts (LADING_REGISTRY_URL, LADING_TOKEN, LADING_ENVIRONMENT):
  lading gateway-envoy
  lading gateway-envoy --output envoy.json

The decisions are those of `lading gateway`: requests are judged by Envoy's external authorization, responses by its
external processing. While this process is away Envoy answers 503. The configuration names the upstreams of the
contracts: write it anew when they change. It needs the extra `lading[envoy]`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Annotated, Any, cast

import orjson
import typer

from gateway.evidence.gathering import Gathering
from gateway.http.server import until_told
from gateway.service import Service
from lading import gateway_options as options
from lading import gateways, settings
from lading.outcome import YES, CouldNotTell
from lading.output import write


def command(
    contract: options.Contract = None,
    upstream: options.Upstreams = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write Envoy's configuration, and end."),
    ] = None,
    listen: Annotated[str, typer.Option(help="Where Envoy listens: host:port.")] = "127.0.0.1:8401",
    grpc: Annotated[
        str, typer.Option("--grpc", help="Where this process listens and Envoy asks: host:port.")
    ] = "127.0.0.1:8402",
    mode: options.Mode = "enforce",
    response_mode: options.ResponseMode = "",
    base_path: options.BasePath = None,
    rule: options.RuleTexts = None,
    config: options.Config = None,
    access_log: options.AccessLog = True,
) -> int:
    place, here = gateways.address("--grpc", grpc), gateways.address("--listen", listen)
    known = settings.load()
    log = sys.stdout.buffer if access_log and output is None else None
    believed = gateways.configuration(config, known)
    alone = gateways.chosen(contract, upstream or (), base_path, mode, response_mode, tuple(rule or ()))
    service = gateways.service(known, alone, log, believed)
    try:
        from gateway.envoy.configuration import configuration
        from gateway.envoy.server import serving  # noqa: F401 - asked for now, so that it is told before all else
    except ModuleNotFoundError as error:
        raise CouldNotTell(
            f"Envoy's protocols need {error.name}, which is not installed.", "Install lading[envoy]."
        ) from None
    if output is not None:
        snapshot = service.runtime.snapshot
        if not snapshot.contracts:
            raise CouldNotTell("There is no bundle yet.", "Start this command without --output first.")
        held = configuration(snapshot, here, place)
        write(orjson.dumps(held, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode(), output)
        return YES
    asyncio.run(_serve(service, place))
    return YES


async def _serve(service: Service, place: tuple[str, int]) -> None:
    from gateway.envoy.recording import Recording
    from gateway.envoy.server import Answering, serving

    runtime = service.runtime
    gathering: Gathering = service.gathering
    answering = Answering(
        lambda: runtime.snapshot,
        time.time,
        gathering,
        recording=Recording(cast(Any, runtime.record), runtime.now),
    )
    host, port = place
    try:
        async with (
            service.working(),
            serving(answering, host, port, runtime.snapshot.bounds.request_body) as taken,
        ):
            print(
                f"Envoy's questions are answered on {host}:{taken}. Ctrl-C ends it.",
                file=sys.stderr,
                flush=True,
            )
            await until_told()
    except OSError as error:
        raise CouldNotTell(
            f"{host}:{port} is not to be had: {error}.", "Choose another with --grpc."
        ) from None
