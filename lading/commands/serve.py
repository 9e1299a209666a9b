"""Run the registry and its portal.

\b
  lading serve
  LADING_PORT=9400 lading serve
  LADING_DATABASE_URL=postgresql://lading@db/lading lading serve

The database is brought up to date at the start. Without a configured issuer, the first start prints a one-time
sign-in link for an administrator; `--link` prints another one.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer
import uvicorn

from lading import logs
from lading.app import create
from lading.outcome import YES, CouldNotTell
from lading.settings import Settings, load
from registry.domain.access import SYSTEM, Role
from registry.domain.errors import DomainError
from registry.services import Registry, identity

_GRACE = 40  # seconds; a gateway's long poll may last 30


def command(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
    link: Annotated[bool, typer.Option("--link", help="Print a new one-time sign-in link.")] = False,
    administrator: Annotated[
        str, typer.Option(metavar="EMAIL", help="Whom the sign-in link is for.")
    ] = "admin@localhost",
) -> int:
    logs.configure()
    settings = load()
    host, port = host or settings.host, port or settings.port
    with _listening(host, port) as listener:
        try:
            app = create(settings)
        except DomainError as error:
            raise CouldNotTell(error.message, error.advice) from None
        registry: Registry = app.state.registry
        _welcome(settings, registry, administrator, link)
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
            proxy_headers=bool(settings.public_url),
        )
        try:
            uvicorn.Server(config).run([listener])
        finally:
            registry.close()
    return YES


def _listening(host: str, port: int) -> socket.socket:
    """A bound socket; the port is taken before anything else happens, so that a taken one is told at once."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise CouldNotTell(
            f"there is no address {host!r} here.", "Set LADING_HOST to one of this machine's."
        ) from None
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise CouldNotTell(
            f"port {port} on {host} cannot be used: {error.strerror}.",
            "Stop what listens there, or set LADING_PORT to a free one.",
        ) from None
    return listener


def _welcome(settings: Settings, registry: Registry, administrator: str, again: bool) -> None:
    print(f"Registry and portal on {settings.url}", file=sys.stderr)
    with registry.unit.read(SYSTEM) as context:
        first = not identity.people(context)
    if again or (first and registry.settings.oidc is None):
        with registry.unit(SYSTEM) as context:
            made = identity.issue_link(
                context, administrator, role=Role.ADMIN, lifetime=registry.settings.link_lifetime
            )
        print(f"Sign in once, within 30 minutes: {registry.settings.url}{made.path}", file=sys.stderr)
    sys.stderr.flush()
