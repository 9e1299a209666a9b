"""Every error as a problem document (RFC 9457), from one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from contracts.errors import ContractError, LimitExceeded
from registry.domain.errors import DomainError

from .answers import encode

MEDIA_TYPE = "application/problem+json"
TYPES = "https://lading.example/problems/"
"""Problem types are names, not pages: `<TYPES><code>`."""

KINDS: Mapping[str, int] = {
    "malformed": 400,
    "unsupported": 415,
    "invalid": 422,
    "not-found": 404,
    "conflict": 409,
    "unauthenticated": 401,
    "forbidden": 403,
    "too-large": 413,
    "refused": 422,
}
"""`DomainError.kind` → HTTP status."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem document; `extra` are its extension members."""

    status: int
    code: str
    title: str
    detail: str
    extra: Mapping[str, Any]

    def response(self, headers: Mapping[str, str] | None = None) -> Response:
        body = {
            "type": TYPES + self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.extra,
        }
        return Response(encode(body), self.status, dict(headers or {}), MEDIA_TYPE)


def of(error: DomainError) -> Problem:
    """A domain error as a problem; its details become members of their own."""
    status = KINDS[error.kind]
    extra = {**({"advice": error.advice} if error.advice else {}), **error.details}
    return Problem(status, error.code, HTTPStatus(status).phrase, error.message, extra)


def of_contract(error: ContractError) -> Problem:
    """A document that cannot be read, with the place."""
    place = {
        "source": error.source or None,
        "line": error.line,
        "column": error.column,
        "pointer": error.pointer,
        "advice": error.advice or None,
    }
    status = 413 if isinstance(error, LimitExceeded) else 422
    extra = {key: value for key, value in place.items() if value is not None}
    return Problem(status, error.code, "The contract cannot be read", error.message, extra)


def plain(status: int, detail: str = "") -> Problem:
    """A problem that HTTP itself has: 404 for a path, 405 for a method."""
    phrase = HTTPStatus(status).phrase
    return Problem(
        status, phrase.lower().replace(" ", "-"), phrase, detail or HTTPStatus(status).description, {}
    )


def install(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Makes the app answer every error in this form. `routes` are asked for the methods that a path has."""

    @app.exception_handler(DomainError)
    async def domain_error(_request: Request, error: DomainError) -> Response:
        problem = of(error)
        headers = {"WWW-Authenticate": 'Bearer realm="lading"'} if problem.status == 401 else None
        return problem.response(headers)

    @app.exception_handler(ContractError)
    async def contract_error(_request: Request, error: ContractError) -> Response:
        return of_contract(error).response()

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else ""
        if error.status_code == 404 and not detail:
            detail = f"There is nothing at {request.url.path[:200]}."
        if error.status_code == 405:
            stated = {method.strip() for method in headers.get("allow", headers.get("Allow", "")).split(",")}
            headers = {"Allow": ", ".join(sorted((stated | _allowed(routes, request)) - {""}))}
            detail = f"{request.method} is not possible here."
        return plain(error.status_code, detail).response(headers)

    @app.exception_handler(Exception)
    async def defect(_request: Request, _error: Exception) -> Response:
        # The server's log has the traceback; the caller learns that it is not their fault, and no more.
        return plain(500, "A defect of ours; it was logged.").response()


def _allowed(routes: Sequence[BaseRoute], request: Request) -> set[str]:
    """A path's methods may be spread over several routes, of which the framework names only one."""
    methods: set[str] = set()
    for route in routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= set(getattr(route, "methods", None) or ())
    return methods
