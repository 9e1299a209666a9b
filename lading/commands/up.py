"""Run everything: registry, portal and gateway, with examples inside.

Starts the registry with its pages, the gateway, and simulated upstreams (an order API in two majors and a
last-mile platform), fills an empty registry with the contracts that Lading ships, and sends a little traffic, so
that there is something to look at. Ctrl-C stops everything; the next run finds its data again.

\b
  lading up
  LADING_PORT=9000 LADING_GATEWAY_PORT=9001 lading up
  LADING_DATA=/tmp/try lading up
"""

from __future__ import annotations

import shlex
import signal
import sys
import threading
import time
from collections.abc import Mapping
from types import FrameType

import httpx
from rich.console import Console

import specs
from lading.app import open_registry
from lading.demo import landscape, seed, traffic
from lading.outcome import YES, CouldNotTell
from lading.processes import POLL, Household, free_port, require_free
from lading.settings import Settings, load
from registry.domain.access import SYSTEM, Role, Scope
from registry.services import Registry, bundles, identity, tokens
from registry.services import traffic as reported

PERSON = "you@harbourline.example"
"""Whom the printed link signs in."""
_PATIENCE = 15.0
"""Seconds that the gateway has to fetch the bundle of this run."""
_LOOK = 0.5
"""Seconds between two looks at whether a child has ended."""


def command() -> int:
    settings = load()
    out = Console(highlight=False)
    require_free(settings.host, settings.port, "The registry", "LADING_PORT")
    require_free(settings.gateway_host, settings.gateway_port, "The gateway", "LADING_GATEWAY_PORT")
    stop = _stop_on_signals()
    # Before the logs folder makes it with the usual mode: it holds hashes, mail addresses and who calls what.
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with Household(settings.data / "logs") as household:
        with out.status("opening the registry …") as status:
            registry = open_registry(settings)
            try:
                if not seed.is_seeded(registry):
                    seed.seed(registry, lambda words: status.update(f"seeding: {words} …"))
                status.update("starting the upstreams …")
                seed.serve(registry, _start_upstreams(household))
                keys = seed.issue_keys(registry)
                # Before the registry starts: one that finds nobody writes a link of its own into its log.
                link = _sign_in_link(registry)
                status.update("starting registry and portal …")
                _start_registry(household, settings)
                status.update("starting the gateway …")
                token = _gateway_token(registry)
                bundle = bundles.current(registry.unit, registry.signer, SYSTEM, seed.ENVIRONMENT)
                _start_gateway(household, settings, token, bundle.id)
                status.update("sending a little traffic …")
                _first_round(settings, keys)
                _wait_for_observations(registry)
            finally:
                registry.close()
        _announce(out, settings, link)
        with traffic.Trickle(_gateway_url(settings), keys, lambda words: print(words, file=sys.stderr)):
            _watch(household, stop)
        out.print("\nstopping …")
    out.print("Everything is stopped. `lading up` finds its data again.")
    return YES


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt  # the second Ctrl-C means it
        stop.set()

    signal.signal(signal.SIGINT, handle)
    signal.signal(signal.SIGTERM, handle)
    return stop


def _start_upstreams(household: Household) -> dict[str, str]:
    addresses = {}
    for name, upstream in landscape.UPSTREAMS.items():
        port = free_port()
        drift = ["--drift", upstream.drift] if upstream.drift else []
        contract = str(specs.path(upstream.spec))
        process = household.start(
            f"upstream-{name}", ["lading.demo.upstream", contract, str(port), *drift], {}
        )
        addresses[name] = f"http://127.0.0.1:{port}"
        household.wait_answering(process, addresses[name])
    return addresses


def _start_registry(household: Household, settings: Settings) -> None:
    process = household.start("registry", ["lading", "serve"], _environment(settings))
    household.wait_ready(process, f"http://{settings.host}:{settings.port}/readyz")


def _start_gateway(household: Household, settings: Settings, token: str, bundle: str) -> None:
    """Starts the gateway and waits until it runs from `bundle`; it begins with the last good one it has."""
    environment = _environment(settings) | {
        "LADING_TOKEN": token,
        "LADING_REGISTRY_URL": _registry_url(settings),
    }
    process = household.start("gateway", ["lading", "gateway"], environment)
    ready = f"{_gateway_url(settings)}/-/readyz"
    household.wait_ready(process, ready)
    deadline = time.monotonic() + _PATIENCE
    while httpx.get(ready).json()["bundle"]["id"] != bundle:
        if time.monotonic() > deadline:
            raise CouldNotTell(f"The gateway did not fetch its bundle:\n{process.last_words()}")
        time.sleep(POLL)


def _environment(settings: Settings) -> Mapping[str, str]:
    # The children's working folder is ours, but a relative data folder should not depend on that.
    return {"LADING_DATA": str(settings.data.resolve())}


def _registry_url(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


def _gateway_url(settings: Settings) -> str:
    return f"http://{settings.gateway_host}:{settings.gateway_port}"


def _gateway_token(registry: Registry) -> str:
    """A new token for the gateway; those of earlier runs end."""
    with registry.unit(SYSTEM) as context:
        for old in tokens.browse(context):
            if old.name == "demonstration gateway" and old.revoked_at is None:
                tokens.revoke(context, old.id)
        issued = tokens.issue(
            context,
            "demonstration gateway",
            [Scope.BUNDLES_READ, Scope.CONTRACTS_READ, Scope.OBSERVATIONS_WRITE],
        )
    return issued.text


def _sign_in_link(registry: Registry) -> str:
    with registry.unit(SYSTEM) as context:
        link = identity.issue_link(context, PERSON, role=Role.ADMIN, name="You")
    return registry.settings.url + link.path


def _first_round(settings: Settings, keys: Mapping[str, str]) -> None:
    with httpx.Client(base_url=_gateway_url(settings), timeout=10) as client:
        statuses = traffic.send(client, keys)
    if not any(200 <= status < 300 for status in statuses):
        raise CouldNotTell(
            f"The gateway answered none of the first calls: {dict(statuses)}.", "See the logs folder."
        )


def _wait_for_observations(registry: Registry) -> None:
    """Until the gateway has reported the first round, so that the first page has something to say."""
    contract, version, _ = landscape.RETIRING
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with registry.unit.read(SYSTEM) as context:
            callers = reported.callers(context, contract, version)
            if any(caller.consumer for caller in callers) and reported.violations(context, limit=1).items:
                return
        time.sleep(POLL)
    raise CouldNotTell(
        "The gateway did not report what it saw.", "Its log lies in the data folder, under logs."
    )


def _announce(out: Console, settings: Settings, link: str) -> None:
    out.print("[bold]Lading is up.[/bold]\n")
    for name, value in (
        ("Portal", settings.url),
        ("Sign in", link),
        ("", "(works once, within half an hour)"),
        ("Gateway", _gateway_url(settings)),
        ("Data", str(settings.data.resolve())),
    ):
        # Soft wrapping would break the link in a narrow terminal.
        out.print(f"  {name:<9}{value}", soft_wrap=True)
    out.print("\nTry, in another terminal:\n", soft_wrap=True)
    # Without the address of a registry the command line opens the data folder itself.
    data = shlex.quote(str(settings.data.resolve()))
    for line in (
        f"curl -i {_gateway_url(settings)}/erp/orders/v2/orders",
        f"LADING_DATA={data} lading list",
        "lading lint my-openapi.yaml",
    ):
        out.print(f"  {line}", soft_wrap=True)
    out.print("\nCtrl-C stops everything.")


def _watch(household: Household, stop: threading.Event) -> None:
    while not stop.wait(_LOOK):
        if (ended := household.ended()) is not None:
            raise CouldNotTell(f"{ended.name} has ended by itself:\n{ended.last_words()}")
