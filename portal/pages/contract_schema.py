"""One schema of a contract by its place: where a tree that was too large to draw goes on."""

from __future__ import annotations

from starlette.responses import Response

from contracts.model import Origin, Schema
from contracts.pointers import descend, from_pointer
from portal import excerpts, links, subject
from portal.page import Page
from portal.reading import examples, trees
from portal.view import View
from registry.domain.errors import NotFound

page = Page("/contracts/{domain}/{name}/schema", "Schema", under="Catalogue")


def get(view: View) -> Response:
    about = subject.load(view, "Reference")
    version = subject.required(about)
    documents = subject.api(view, version).documents
    source, pointer = view.query("source") or version.root, view.query("pointer")
    document = documents.documents.get(source)
    if document is None:
        raise NotFound(
            "no-such-file", f"{version.reference} has no file {source[:200]!r}.", "Go back to the reference."
        )
    try:
        value, path = descend(document.value, from_pointer(pointer))
    except (KeyError, ValueError):
        raise NotFound(
            "no-such-place", f"{source} has nothing at {pointer[:200]!r}.", "Go back to the reference."
        ) from None
    schema = Schema(value, Origin(source, path), "json-schema-2020-12")
    view.trail = (
        *view.trail,
        ("Reference", links.contract(version.contract, "reference", version=about.shown)),
    )
    made = examples.of_schema(documents, schema)
    return view.render(
        title=str(path[-1]) if path else source,
        about=about,
        tree=trees.tree(documents, schema),
        examples=(made,) if made else (),
        excerpt=excerpts.at_line(document, document.line(path), around=0),
        more=subject.elsewhere(about),
    )
