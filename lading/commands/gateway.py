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
import json
import os
import socket
import sys
import tomllib
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast
from urllib.parse import urlsplit

import typer

from contracts.model import HttpApi, build
from gateway.configuration import PLAIN, Configuration, configured
from gateway.http.server import Taken, bind
from gateway.malformed import Malformed
from gateway.observations.spool import InUse
from gateway.rules import Rules, WrongRule, parse_rules
from gateway.service import Registry, Service, run
from gateway.snapshot.operation import Mode, Modes
from gateway.snapshot.snapshot import Snapshot
from gateway.standalone import standalone
from lading import settings
from lading.files import read_bytes, read_set
from lading.outcome import CouldNotTell

_MODES = ("enforce", "monitor", "off")


def command(
    contract: Annotated[
        Path | None, typer.Option(help="An OpenAPI document to check calls against, without a registry.")
    ] = None,
    upstream: Annotated[
        str, typer.Option(help="Where calls go: http://host:port, with a path if need be.")
    ] = "",
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
    config: Annotated[
        Path | None, typer.Option(help="TOML file that says whom to believe; default LADING_GATEWAY_CONFIG.")
    ] = None,
    access_log: Annotated[bool, typer.Option(help="A line of JSON on standard output for each call.")] = True,
) -> None:
    known = settings.load()
    host = host or known.gateway_host
    port = known.gateway_port if port is None else port
    log = sys.stdout.buffer if access_log else None
    configuration = _configuration(config or (Path(known.gateway_config) if known.gateway_config else None))
    if contract is None:
        if upstream:
            raise CouldNotTell(
                "--upstream needs --contract.", "With a registry, the bundle names the upstreams."
            )
        listener = _listen(host, port)
        service = _connected(known, log, configuration)
        print(
            f"Gateway on http://{host}:{listener.getsockname()[1]}, bundle from {known.registry}.",
            file=sys.stderr,
        )
    else:
        rules = _rules(known.gateway_rules, rule or [], unknown_query, security, formats)
        held = _standalone(
            contract,
            upstream,
            base_path,
            _modes(mode, response_mode or mode),
            rules,
            configuration.consumers,
        )
        listener = _listen(host, port)
        _announce(held, host, listener.getsockname()[1], upstream)
        service = Service(held, access_log=log, configuration=configuration)
    _run(run(service, listener))


def _listen(host: str, port: int) -> socket.socket:
    try:
        return bind(host, port)
    except Taken as error:
        raise CouldNotTell(
            f"The gateway cannot listen on {host}:{port}: {error.reason}.",
            "Stop what uses the port, or choose another with --port or LADING_GATEWAY_PORT.",
        ) from None


def _configuration(path: Path | None) -> Configuration:
    if path is None:
        return PLAIN
    try:
        return configured(tomllib.loads(read_bytes(path).decode()), os.environ)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CouldNotTell(f"{path} is not TOML: {error}.") from None
    except Malformed as error:
        raise CouldNotTell(
            f"{path}: {error.message}.", "docs/guides/operator.md shows what it holds."
        ) from None


def _connected(known: settings.Settings, log: BinaryIO | None, configuration: Configuration) -> Service:
    registry = Registry(
        known.registry,
        known.token,
        known.environment,
        known.gateway_name,
        known.data / "gateway",
        _pinned(known.bundle_key),
    )
    try:
        known.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Service(
            registry=registry,
            access_log=log,
            configuration=configuration,
            rules=_house_rules(known.gateway_rules),
        )
    except InUse as error:
        raise CouldNotTell(
            f"Another gateway uses {error}.", "Stop it, or give this one a folder of its own: LADING_DATA."
        ) from None
    except OSError as error:
        raise CouldNotTell(
            f"{error.filename}: {error.strerror}.", "LADING_DATA names the data folder."
        ) from None


def _pinned(path: str) -> dict[str, Any] | None:
    if not path:
        return None
    try:
        keys = json.loads(read_bytes(Path(path)))
    except ValueError:
        keys = None
    if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
        raise CouldNotTell(
            f"{path} is not a JWKS.", "It holds what the registry answers at /v1/bundles/keys."
        )
    return keys


def _modes(request: str, response: str) -> Modes:
    for name, given in (("--mode", request), ("--response-mode", response)):
        _one_of(name, given, _MODES)
    return Modes(cast(Mode, request), cast(Mode, response))


def _rules(house: str, given: list[str], unknown_query: str, security: str, formats: str) -> Rules:
    """Those of the setting, then those of `--rule`, then those that have an option of their own."""
    usual = Rules(security="presence")
    options = [
        f"{name}={value}"
        for name, value in (
            ("unknown_query", unknown_query),
            ("security", security),
            ("formats", {"assert": "true", "ignore": "false"}.get(formats, formats)),
        )
        if value
    ]
    try:
        return parse_rules(" ".join([house, *given, *options]), usual)
    except WrongRule as error:
        raise CouldNotTell(str(error), "docs/settings.md says what each is for.") from None


def _house_rules(text: str) -> Rules:
    try:
        return parse_rules(text)
    except WrongRule as error:
        raise CouldNotTell(
            f"LADING_GATEWAY_RULES: {error}", "docs/settings.md says what each is for."
        ) from None


def _standalone(
    path: Path,
    upstream: str,
    base_path: str | None,
    modes: Modes,
    rules: Rules,
    consumers: tuple[str, ...],
) -> Snapshot:
    parts = urlsplit(upstream)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CouldNotTell(
            "--upstream names where calls go.", "For example --upstream http://127.0.0.1:9000."
        )
    if base_path is not None and not base_path.startswith("/"):
        raise CouldNotTell(f"--base-path begins with a slash, and {base_path!r} does not.")
    api = build(read_set(path))
    if not isinstance(api, HttpApi):
        raise CouldNotTell(
            f"{path} describes events, and the gateway checks calls.", "Name an OpenAPI document."
        )
    for problem in api.problems:
        print(f"lading: {problem}", file=sys.stderr)
    if not api.operations:
        raise CouldNotTell(f"{path} declares no operations, so every call would be refused.")
    return standalone(
        api,
        upstream,
        bases=None if base_path is None else (base_path,),
        modes=modes,
        rules=rules,
        consumers=consumers,
    )


def _one_of(name: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise CouldNotTell(f"{name} is {given!r}.", f"It is one of {', '.join(known)}.")


def _announce(snapshot: Snapshot, host: str, port: int, upstream: str) -> None:
    (contract,) = snapshot.contracts
    count = len(snapshot.compiled[0].operations)
    print(f"{contract.name} {contract.version}: {count} operations, to {upstream}", file=sys.stderr)
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
