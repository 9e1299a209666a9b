"""Pages as routes: who asks, one transaction, and what goes wrong as a page in the same look."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from contracts.errors import ContractError
from registry.domain.access import NOBODY, Scope
from registry.domain.errors import DomainError, NotFound, Unauthenticated
from registry.services.registry import Registry
from registry.services.unit import Context

from . import answers, faults, forms, links, people
from .assets import PREFIX, Asset, assets
from .discovery import modules
from .forms import Form
from .page import Module
from .reading.library import Library
from .view import Problem, View

log = structlog.get_logger("portal")
FORM_BYTES = 512 * 1024
FOREIGN = ("v1", ".well-known", "healthz", "readyz", "metrics", "static")
"""First parts of paths that are not pages: what is not found there is said by whoever serves them."""


class Desk:
    """Serves the pages of one registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.library = Library()

    def router(self) -> APIRouter:
        """All pages, the static files, and, last, the page for what is nowhere."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route(PREFIX + "/{hash}/{name}", static, methods=["GET", "HEAD"])
        for module in modules():
            if module.get is not None:
                router.add_api_route(
                    module.page.path, self._get(module), methods=["GET", "HEAD"], name=module.name
                )
            if module.post is not None:
                router.add_api_route(
                    module.page.path, self._post(module), methods=["POST"], name=f"{module.name}-form"
                )
        router.add_api_route("/{anywhere:path}", self._nowhere, methods=["GET", "HEAD"])
        return router

    def _get(self, module: Module) -> Callable[[Request], Response]:
        def get(request: Request) -> Response:
            return self._guarded(request, module, lambda: self._show(request, module))

        return get

    def _post(self, module: Module) -> Callable[..., object]:
        async def post(request: Request) -> Response:
            limit = FORM_BYTES + (self.registry.settings.limits.bytes if module.page.upload else 0)
            try:
                form = await forms.read(request, limit)
            except forms.FormTooLarge as error:
                return await run_in_threadpool(self._too_large, request, module, error)
            return await run_in_threadpool(self._submit, request, module, form)

        return post

    def _submit(self, request: Request, module: Module, form: Form) -> Response:
        return self._guarded(request, module, lambda: self._send(request, module, form))

    def _show(
        self,
        request: Request,
        module: Module,
        *,
        form: Form | None = None,
        problem: Problem | None = None,
        status: int = 200,
    ) -> Response:
        person = people.of(self.registry, request)
        if person is None and not module.page.open:
            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return answers.redirect(links.link("sign-in", next=wanted if wanted != "/" else ""))
        _require_reading(person, module)
        with self.registry.unit.read(person.actor if person else NOBODY) as context:
            view = self._view(request, module, context, person.token if person else None)
            view.form, view.problem, view.status = form or Form(), problem, status
            assert module.get is not None
            return module.get(view)

    def _send(self, request: Request, module: Module, form: Form) -> Response:
        person = people.of(self.registry, request)
        if person is None and not module.page.open:
            raise Unauthenticated(
                "sign-in-needed", "You are not signed in any more.", "Sign in and send it again."
            )
        _require_reading(person, module)
        session = person.token if person else None
        if not forms.is_ours(request, session, form[forms.FIELD]):
            return faults.page(
                self,
                request,
                403,
                "This form did not come from our page, or your session has changed.",
                "Go back, reload the page and send it again.",
            )
        assert module.post is not None
        try:
            unit = self.registry.unit if module.page.transacted else self.registry.unit.read
            with unit(person.actor if person else NOBODY) as context:
                view = self._view(request, module, context, session)
                view.form = form
                return module.post(view)
        except (DomainError, ContractError) as error:
            if module.get is None or isinstance(error, NotFound):
                raise
            # What was typed stays: the page is shown again, with what is wrong on top.
            wrong = dict(error.details.get("fields", {})) if isinstance(error, DomainError) else {}
            refused = Form(form.fields, (), wrong)
            problem = Problem(_message(error), error.advice)
            return self._show(request, module, form=refused, problem=problem, status=faults.status_of(error))

    def _view(self, request: Request, module: Module, context: Context, session: str | None) -> View:
        return View(request, self.registry, self.library, module, context, session, title=module.page.title)

    def _guarded(self, request: Request, module: Module, answer: Callable[[], Response]) -> Response:
        try:
            return answer()
        except (DomainError, ContractError) as error:
            return faults.page(self, request, faults.status_of(error), _message(error), error.advice)
        except HTTPException:
            raise
        except Exception:  # a page is the outermost edge: the reader gets words, the log gets the traceback
            reference = faults.reference()
            log.exception("page failed", page=module.name, path=request.url.path, reference=reference)
            return faults.broken(self, request, reference)

    def _too_large(self, request: Request, module: Module, error: forms.FormTooLarge) -> Response:
        megabytes = error.limit / 1024 / 1024
        return faults.page(
            self,
            request,
            413,
            f"More was sent than this page takes: {megabytes:,.0f} MB at most.",
            "Send less, or publish it with the command line." if module.page.upload else "Send less.",
        )

    def _nowhere(self, request: Request) -> Response:
        if request.url.path.split("/", 2)[1] in FOREIGN:
            raise HTTPException(404)
        return faults.page(
            self, request, 404, "There is no such page.", "Follow the rail, or search for the contract."
        )


def static(hash: str, name: str, request: Request) -> Response:
    """A static file. Its address changes with its content, so it may be kept for ever."""
    asset = assets().get(name)
    if asset is None or asset.hash != hash:
        raise HTTPException(404)
    return _file(asset, packed="gzip" in request.headers.get("accept-encoding", ""))


def _file(asset: Asset, *, packed: bool) -> Response:
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{asset.hash}"',
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(asset.packed if packed else asset.data, media_type=asset.media_type, headers=headers)


def _message(error: DomainError | ContractError) -> str:
    if isinstance(error, ContractError):
        return f"{error.place}: {error.message}" if error.place else error.message
    return error.message


def _require_reading(person: people.SignedIn | None, module: Module) -> None:
    """The API's own rule for reading: somebody without any role sees the open pages and nothing else.

    Raises `Forbidden`.
    """
    if person is not None and not module.page.open and not person.actor.may_anywhere(Scope.CONTRACTS_READ):
        person.actor.require(Scope.CONTRACTS_READ)
