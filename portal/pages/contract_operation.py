"""One operation in full: what the reference opens in place, and a page of its own to point others to."""

from __future__ import annotations

from starlette.responses import Response

from contracts.model import HttpApi, Operation
from portal import excerpts, links, subject
from portal.page import Page
from portal.reading import details
from portal.reading.outline import by_key, find, outline
from portal.view import View
from registry.domain.errors import NotFound

page = Page("/contracts/{domain}/{name}/operation", "Operation", under="Catalogue")


def get(view: View) -> Response:
    about = subject.load(view, "Reference")
    version = subject.required(about)
    api = subject.api(view, version)
    key = view.query("key")
    operation = find(api, key)
    if operation is None:
        raise NotFound(
            "no-such-operation",
            f"{version.reference} has no operation {key[:200]}.",
            "The reference lists those it has.",
        )
    entry = by_key(outline(api))[key]
    view.trail = (
        *view.trail,
        ("Reference", links.contract(version.contract, "reference", version=about.shown)),
    )
    is_http = isinstance(api, HttpApi) and isinstance(operation, Operation)
    document = api.documents.documents[operation.origin.source]
    return view.render(
        title=f"{entry.word} {entry.place}",
        about=about,
        entry=entry,
        is_http=is_http,
        drawn=details.of_call(api, operation) if is_http else details.of_event(api, operation),  # type: ignore[arg-type]
        excerpt=excerpts.at_line(document, document.line(operation.origin.path), around=0),
        more=subject.elsewhere(about),
    )
