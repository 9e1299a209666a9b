"""What went wrong, as a page in the same look: what happened, and where to go from here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from contracts.errors import ContractError
from registry.domain.access import NOBODY
from registry.domain.errors import DomainError

from . import answers, people
from .page import Module, Page
from .rendering import render
from .view import View

if TYPE_CHECKING:
    from .serving import Desk

STATUSES: Mapping[str, int] = {
    "invalid": 422,
    "not-found": 404,
    "conflict": 409,
    "unauthenticated": 401,
    "forbidden": 403,
    "too-large": 413,
    "refused": 422,
}
_HEADS: Mapping[int, str] = {
    401: "Please sign in",
    403: "Not allowed",
    404: "Not found",
    409: "It has changed meanwhile",
    413: "Too large",
    500: "Something broke on our side",
}
_MODULE = Module("fault", Page("", "Error", open=True), None, None)


def status_of(error: DomainError | ContractError) -> int:
    """The HTTP status of a refusal."""
    return STATUSES.get(error.kind, 400) if isinstance(error, DomainError) else 422


def page(desk: Desk, request: Request, status: int, message: str, advice: str) -> Response:
    """The page for a refusal, with the frame of whoever is signed in around it."""
    person = people.of(desk.registry, request)
    with desk.registry.unit.read(person.actor if person else NOBODY) as context:
        view = View(request, desk.registry, desk.library, _MODULE, context, person.token if person else None)
        return view.render(
            status=status, title=_HEADS.get(status, "This did not work"), message=message, advice=advice
        )


def broken(desk: Desk, request: Request, reference: str) -> Response:
    """The page for a fault of ours. It asks nothing of the database, which may be what is broken."""
    text = render("broken.html", {"reference": reference, "path": request.url.path})
    return answers.html(text, 500)


def reference() -> str:
    """What a person can name and a log line can be found by."""
    return secrets.token_hex(4)
