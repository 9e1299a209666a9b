"""The API as an application: routes, problems, protection."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.routing import BaseRoute

from registry.services import Registry

from . import problems, sign_in
from .metrics import Counted
from .protection import Bounded, Hardened, SameSite
from .routes import access, consumers, contracts, judgement, landscape, runtime, service, versions, waivers

_ROOM = 1_048_576
"""Bytes that a request may have beyond the largest document: other files of the set, and the wrapping."""


_MODULES = (service, access, landscape, contracts, versions, judgement, waivers, consumers, runtime, sign_in)


def routes() -> list[BaseRoute]:
    """Every route of the API, sign-in included."""
    return [route for module in _MODULES for route in module.router.routes]


def create_app(registry: Registry) -> FastAPI:
    """The API of an open registry. Pages are mounted on it by whoever puts the product together."""
    app = FastAPI(title="Lading", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.registry = registry
    problems.install(app, routes())
    for module in _MODULES:
        app.include_router(module.router)
    # The last one added is the first to see a request.
    app.add_middleware(SameSite)
    app.add_middleware(Bounded, most=2 * registry.settings.limits.bytes + _ROOM)
    app.add_middleware(Hardened)
    app.add_middleware(Counted)
    return app
