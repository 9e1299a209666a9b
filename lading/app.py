"""Registry, API and portal wired into one ASGI application."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy.exc import DatabaseError

import portal
from contracts.limits import DEFAULT
from registry.api import create_app
from registry.services.registry import Oidc, Registry
from registry.services.registry import Settings as RegistrySettings
from registry.services.retention import Retention

from .outcome import CouldNotTell
from .settings import Settings

_MOST_DAYS = 36_500


def open_registry(settings: Settings) -> Registry:
    """The registry of the data folder, brought up to date. Raises `CouldNotTell` where it cannot be opened."""
    oidc = None
    if settings.oidc_issuer:
        oidc = Oidc(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)
    wanted = RegistrySettings(
        data=settings.data,
        database_url=settings.database,
        url=settings.url,
        session_lifetime=timedelta(hours=settings.session_hours),
        limits=replace(DEFAULT, bytes=settings.max_upload_mb * 1024 * 1024),
        oidc=oidc,
        longest_waiver=timedelta(days=settings.waiver_days),
        retention=Retention(
            _age("usage_days", settings.usage_days), _age("unknown_days", settings.unknown_days)
        ),
    )
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Registry.open(wanted)
    except OSError as error:
        raise CouldNotTell(
            f"the data folder {settings.data} cannot be used: {error.strerror}.",
            "LADING_DATA names it; it must be a folder that Lading may write to.",
        ) from None
    except DatabaseError as error:
        # The database's own words name host and user, never the password.
        said = str(error.orig).strip().splitlines()
        raise CouldNotTell(
            f"the database cannot be opened: {said[0] if said else 'it gave no reason'}.",
            "LADING_DATABASE_URL says where it is; without one it is a file in the data folder.",
        ) from None


def _age(name: str, days: int) -> timedelta | None:
    """None, which is for ever, of 0 days. Raises `CouldNotTell` for a number that is no age."""
    if not 0 <= days <= _MOST_DAYS:
        raise CouldNotTell(f"LADING_{name.upper()} is {days}, and should be 0 to {_MOST_DAYS:,} days.")
    return timedelta(days=days) if days else None


def create(settings: Settings) -> FastAPI:
    """The application that `lading serve` runs: the API under /v1, the pages beside it."""
    registry = open_registry(settings)
    app = create_app(registry)
    portal.mount(app, registry)
    return app
