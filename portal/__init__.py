"""The portal: what people see. Pages ask `registry.services` and nothing below it."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from registry.services.registry import Registry

from .serving import Desk

__all__ = ["create_router", "mount"]


def create_router(registry: Registry) -> APIRouter:
    """The pages of a registry: `/…`, and the static files under `/static`.

    Its last route answers every path that is nowhere, so it is included after all others.
    """
    return Desk(registry).router()


def mount(app: FastAPI, registry: Registry) -> None:
    """Puts the pages behind everything that the application has already."""
    app.include_router(create_router(registry))
