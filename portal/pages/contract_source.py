"""The document itself, with its line numbers; `#L41` names a line."""

from __future__ import annotations

from starlette.responses import Response

from portal import subject
from portal.page import Page
from portal.view import View
from registry.domain.errors import NotFound

page = Page("/contracts/{domain}/{name}/source", "Source", under="Catalogue")

MOST_LINES = 4_000


def get(view: View) -> Response:
    about = subject.load(view, "Source")
    version = subject.required(about)
    name = view.query("file") or version.root
    document = subject.api(view, version).documents.documents.get(name)
    if document is None:
        raise NotFound(
            "no-such-file", f"{version.reference} has no file {name[:200]!r}.", "Go back to the contract."
        )
    total = document.content.rstrip().count(b"\n") + 1
    start = view.query("from")
    first = max(1, int(start)) if start.isdecimal() and len(start) < 9 else 1
    end = min(first + MOST_LINES - 1, total)
    return view.render(
        about=about,
        file=name,
        digest=version.files[name],
        lines=[(number, document.lines.text(number - 1)[:2000]) for number in range(first, end + 1)],
        total=total,
        onward=end + 1 if end < total else None,
    )
