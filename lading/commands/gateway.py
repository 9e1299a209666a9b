"""Run the gateway: from a registry's bundle, or as a validating proxy from one contract.

\b
Try it on one contract, without a registry:
  lading gateway --contract openapi.yaml --upstream http://127.0.0.1:9000
Every call to http://127.0.0.1:8401 is then checked against the contract, and so is every answer.

\b
In front of a registry's contracts (LADING_REGISTRY_URL, LADING_TOKEN, LADING_ENVIRONMENT):
  lading gateway
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from gateway.http.server import Taken, bind
from gateway.service import Service, run
from gateway.snapshot.snapshot import Snapshot
from lading import gateways, settings
from lading.outcome import CouldNotTell


def command(
    contract: Annotated[
        Path | None, typer.Option(help="An OpenAPI document to check calls against, without a registry.")
    ] = None,
    upstream: Annotated[
        list[str] | None,
        typer.Option(help="Where calls go: http://host:port, with a path if need be; may be repeated."),
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    mode: Annotated[
        str, typer.Option(help="enforce refuses what does not follow the contract, monitor only reports it.")
    ] = "enforce",
    response_mode: Annotated[str, typer.Option(help="The same for responses; empty means as --mode.")] = "",
    base_path: Annotated[
        str | None, typer.Option(help="Path that the contract is served below; default: that of its servers.")
    ] = None,
    unknown_query: Annotated[
        str, typer.Option(help="allow, tell or refuse query parameters that the contract does not declare.")
    ] = "",
    security: Annotated[
        str,
        typer.Option(
            help="presence refuses calls without the credentials that the contract asks for, form also minds how they are written, verify checks them by what --config says, ignore does not look."
        ),
    ] = "",
    formats: Annotated[
        str, typer.Option(help="assert formats (date-time, uuid, uri …), or ignore them as annotations.")
    ] = "",
    rule: Annotated[
        list[str] | None,
        typer.Option(help="A rule as name=value, for example one_way=allow; docs/settings.md lists them."),
    ] = None,
    invalid: Annotated[
        str,
        typer.Option(
            help="serve a contract that is formally invalid as far as it is understood, saying what is wrong, or refuse to start."
        ),
    ] = "serve",
    config: Annotated[
        Path | None,
        typer.Option(
            help="TOML file that says whom to believe and how upstreams are treated; default LADING_GATEWAY_CONFIG."
        ),
    ] = None,
    access_log: Annotated[bool, typer.Option(help="A line of JSON on standard output for each call.")] = True,
) -> None:
    known = settings.load()
    host = host or known.gateway_host
    port = known.gateway_port if port is None else port
    log = sys.stdout.buffer if access_log else None
    configuration = gateways.configuration(config, known)
    if contract is None:
        gateways.without_contract(upstream or ())
        listener = _listen(host, port)
        service = gateways.connected(known, log, configuration)
        print(
            f"Gateway on http://{host}:{listener.getsockname()[1]}, bundle from {known.registry}.",
            file=sys.stderr,
        )
    else:
        rules = (*(rule or ()), *_as_rules(unknown_query, security, formats))
        alone = gateways.Alone(
            contract, tuple(upstream or ()), base_path, mode, response_mode, rules, invalid
        )
        held = alone.snapshot(known, configuration)
        listener = _listen(host, port)
        _announce(held, host, listener.getsockname()[1], upstream or ())
        service = Service(held, access_log=log, configuration=configuration)
    _run(run(service, listener))


def _as_rules(unknown_query: str, security: str, formats: str) -> list[str]:
    """The rules that have an option of their own, as `--rule` takes them."""
    asserted = {"assert": "true", "ignore": "false"}.get(formats, formats)
    options = {"unknown_query": unknown_query, "security": security, "formats": asserted}
    return [f"{name}={value}" for name, value in options.items() if value]


def _listen(host: str, port: int) -> socket.socket:
    try:
        return bind(host, port)
    except Taken as error:
        raise CouldNotTell(
            f"The gateway cannot listen on {host}:{port}: {error.reason}.",
            "Stop what uses the port, or choose another with --port or LADING_GATEWAY_PORT.",
        ) from None


def _announce(snapshot: Snapshot, host: str, port: int, upstreams: Sequence[str]) -> None:
    (contract,) = snapshot.contracts
    count = len(snapshot.compiled[0].operations)
    print(
        f"{contract.name} {contract.version}: {count} operations, to {', '.join(upstreams)}", file=sys.stderr
    )
    for base in contract.base_paths:
        print(f"  http://{host}:{port}{base}", file=sys.stderr)
    print(
        f"Requests: {contract.modes.request}, responses: {contract.modes.response}. "
        f"Metrics: http://{host}:{port}/-/metrics. Ctrl-C ends it.",
        file=sys.stderr,
        flush=True,
    )


def _run(main: Coroutine[Any, Any, None]) -> None:
    with contextlib.suppress(ImportError):
        import uvloop

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main)
        return
    asyncio.run(main)
