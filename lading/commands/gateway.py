"""Run the gateway: from a registry's bundle, or as a validating proxy from one contract.

\b
Try it on one contract, without a registry:
  lading gateway --contract openapi.yaml --upstream http://127.0.0.1:9000
Every call to http://127.0.0.1:8401 is then checked against the contract, and so is every answer.

\b
In front of a registry's contracts (LADING_REGISTRY_URL, LADING_TOKEN, LADING_ENVIRONMENT), with one process or several:
  lading gateway
  lading gateway --workers 4

\b
In front of a service that has no contract yet, to write a draft of one. Nothing is checked:
  lading gateway --learn draft.yaml --upstream http://127.0.0.1:9000
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
import sys
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import typer

from gateway.http.server import GRACE, Taken, bind
from gateway.http.tls import Unusable
from gateway.service import Service, run
from gateway.workers.rates import CommonRates
from gateway.workers.supervising import Supervisor
from gateway.workers.worker import Worker
from lading import gateway_options as options
from lading import gateways, settings
from lading.learning import Learning
from lading.outcome import COULD_NOT_TELL, YES, CouldNotTell

MOST = 128
_DESCRIPTORS = 65_536


def command(
    contract: options.Contract = None,
    upstream: options.Upstreams = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    admin: Annotated[
        str,
        typer.Option(help="host:port where /-/ is answered, instead of on the port above."),
    ] = "",
    workers: Annotated[
        int | None, typer.Option(min=1, max=MOST, help="Processes on the port; one core each.")
    ] = None,
    mode: options.Mode = "enforce",
    response_mode: options.ResponseMode = "",
    base_path: options.BasePath = None,
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
    rule: options.RuleTexts = None,
    invalid: Annotated[
        str,
        typer.Option(
            help="serve a contract that is formally invalid as far as it is understood, saying what is wrong, or refuse to start."
        ),
    ] = "serve",
    learn: options.Learn = None,
    config: options.Config = None,
    access_log: options.AccessLog = True,
) -> int:
    known = settings.load()
    _allow_descriptors()
    host = host or known.gateway_host
    port = known.gateway_port if port is None else port
    workers = known.gateway_workers if workers is None else workers
    if not 1 <= workers <= MOST:
        raise CouldNotTell(f"LADING_GATEWAY_WORKERS is {workers}.", f"It is from 1 to {MOST}.")
    if learn is not None:
        if contract is not None or workers > 1:
            raise CouldNotTell(
                "--learn makes a contract and takes none, with one process.",
                "Leave --contract and --workers out.",
            )
        log = sys.stdout.buffer if access_log else None
        learning = Learning(learn, tuple(upstream or ()), log, gateways.configuration(config, known))
        return _learn(learning, host, port, admin or known.gateway_admin)
    rules = (*(rule or ()), *_as_rules(unknown_query, security, formats))
    alone = gateways.chosen(contract, upstream or (), base_path, mode, response_mode, rules, invalid)

    def made(worker: Worker | None) -> Service:
        configuration = gateways.configuration(config, known)
        log = sys.stdout.buffer if access_log else None
        return gateways.service(known, alone, log, configuration, worker)

    if workers > 1:
        # What is wrong is told once, before there are several to tell it.
        configuration = gateways.configuration(config, known)
        if alone is not None:
            alone.snapshot(known, configuration)
        return _several(workers, host, port, admin or known.gateway_admin, made)
    service = made(None)
    listener = _listen(host, port)
    office = _office(admin or known.gateway_admin)
    _announce(service, known, host, listener.getsockname()[1], alone, office)
    _run(service, listener, office)
    return YES


def _learn(learning: Learning, host: str, port: int, admin: str) -> int:
    listener, office = _listen(host, port), _office(admin)
    learning.announce(listener, office)
    _run_on_a_loop(learning.run(listener, office=office))
    return learning.finish()


def _several(workers: int, host: str, port: int, admin: str, made: Callable[[Worker | None], Service]) -> int:
    """Supervises workers, each of which reads configuration and contract for itself."""
    if port:
        # A port that can be shared would be shared with a gateway that somebody has forgotten, too.
        _listen(host, port).close()
    first = _listen(host, port, shared=True)
    office = _office(admin)
    taken = first.getsockname()[1]
    listeners = [first]

    def another() -> socket.socket:
        return listeners.pop() if listeners else bind(host, taken, shared=True)

    def serve(worker: Worker, listener: socket.socket) -> int:
        try:
            _run(made(worker), listener, office)
        except CouldNotTell as error:
            _say(f"worker {worker.number}: {error.message} {error.advice}")
            return COULD_NOT_TELL
        return YES

    _say(f"Gateway on {host}:{taken} with {workers} workers. SIGHUP replaces them, Ctrl-C ends all.")
    return Supervisor(workers, another, serve, CommonRates(), grace=GRACE, say=_say).run()


def _allow_descriptors() -> None:
    """Raises this process's limit of open files to what the system allows it: each call has two connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _say(text: str) -> None:
    print(f"lading: {text}", file=sys.stderr, flush=True)


def _as_rules(unknown_query: str, security: str, formats: str) -> list[str]:
    """The rules that have an option of their own, as `--rule` takes them."""
    asserted = {"assert": "true", "ignore": "false"}.get(formats, formats)
    given = {"unknown_query": unknown_query, "security": security, "formats": asserted}
    return [f"{name}={value}" for name, value in given.items() if value]


def _listen(
    host: str, port: int, named_by: str = "--port or LADING_GATEWAY_PORT", *, shared: bool = False
) -> socket.socket:
    try:
        return bind(host, port, shared=shared)
    except Taken as error:
        raise CouldNotTell(
            f"The gateway cannot listen on {host}:{port}: {error.reason}.",
            f"Stop what uses the port, or choose another with {named_by}.",
        ) from None


def _office(admin: str) -> socket.socket | None:
    """Where operators are answered, if that is a place of its own."""
    return _listen(*gateways.address("--admin", admin), "--admin or LADING_GATEWAY_ADMIN") if admin else None


def _announce(
    service: Service,
    known: settings.Settings,
    host: str,
    port: int,
    alone: gateways.Alone | None,
    office: socket.socket | None,
) -> None:
    snapshot, scheme = service.runtime.snapshot, "https" if service.runtime.entrance.tls else "http"
    if alone is None:
        print(f"Gateway on {scheme}://{host}:{port}, bundle from {known.registry}.", file=sys.stderr)
        return
    (contract,) = snapshot.contracts
    asked = f"{scheme}://{host}:{port}"
    if office is not None:
        asked = "http://{}:{}".format(*office.getsockname())
    count = len(snapshot.compiled[0].operations)
    print(
        f"{contract.name} {contract.version}: {count} operations, to {', '.join(alone.upstreams)}",
        file=sys.stderr,
    )
    for base in contract.base_paths:
        print(f"  {scheme}://{host}:{port}{base}", file=sys.stderr)
    print(
        f"Requests: {contract.modes.request}, responses: {contract.modes.response}. "
        f"Metrics: {asked}/-/metrics. Ctrl-C ends it.",
        file=sys.stderr,
        flush=True,
    )


def _run(service: Service, listener: socket.socket, office: socket.socket | None) -> None:
    try:
        _run_on_a_loop(run(service, listener, office=office))
    except Unusable as error:
        raise CouldNotTell(f"tls: {error}.") from None


def _run_on_a_loop(main: Coroutine[Any, Any, None]) -> None:
    with contextlib.suppress(ImportError):
        import uvloop

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main)
        return
    asyncio.run(main)
