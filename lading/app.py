"""Registry, API and portal wired into one ASGI application."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fastapi import FastAPI

import portal
from contracts.limits import DEFAULT
from registry.api import create_app
from registry.services.registry import Oidc, Registry
from registry.services.registry import Settings as RegistrySettings

from .settings import Settings


def open_registry(settings: Settings) -> Registry:
    """The registry of the data folder, brought up to date. Raises `CouldNotTell` where it cannot be opened."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    oidc = None
    if settings.oidc_issuer:
        oidc = Oidc(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)
    return Registry.open(
        RegistrySettings(
            data=settings.data,
            database_url=settings.database,
            url=settings.url,
            session_lifetime=timedelta(hours=settings.session_hours),
            limits=replace(DEFAULT, bytes=settings.max_upload_mb * 1024 * 1024),
            oidc=oidc,
        )
    )


def create(settings: Settings) -> FastAPI:
    """The application that `lading serve` runs: the API under /v1, the pages beside it."""
    registry = open_registry(settings)
    app = create_app(registry)
    portal.mount(app, registry)
    return app
