"""What changed between two versions: whom it breaks, where it is written in both, and a value that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from contracts.document import Document
from portal import excerpts, filters, subject
from portal.excerpts import Excerpt
from portal.page import Page
from portal.slices import cut
from portal.subject import Subject
from portal.view import View
from registry.domain.reports import DiffReport
from registry.services import publishing, versions

page = Page("/contracts/{domain}/{name}/diff", "Compare versions", under="Catalogue", transacted=False)

MOST = 25


@dataclass(frozen=True, slots=True)
class Shown:
    change: Mapping[str, Any]
    base: Excerpt | None
    revision: Excerpt | None


def get(view: View) -> Response:
    about = subject.load(view, "Compare versions")
    base, revision = _pair(about, view.query("base"), view.query("revision"))
    if not base or not revision:
        return view.render(about=about, report=None, base=base, revision=revision)
    identity = about.contract.identity
    report = publishing.compare(view.registry, view.context.actor, identity, base, revision)
    verdict = view.query("verdict")
    changes = [change for change in report.changes if not verdict or change["verdict"] == verdict]
    part = cut(changes, view.query("after"), MOST)
    old = _documents(view, identity, base) if part.items else {}
    new = _documents(view, identity, revision) if part.items else {}
    return view.render(
        about=about,
        report=report,
        base=base,
        revision=revision,
        groups=(_verdicts(report, verdict),),
        changes=[
            Shown(each, _place(old, each["base"]), _place(new, each["revision"])) for each in part.items
        ],
        total=len(changes),
        after=part.after,
        title=f"{base} → {revision}",
    )


def _pair(about: Subject, base: str, revision: str) -> tuple[str, str]:
    """The two versions to compare: the latest with the one before it, unless others are named."""
    numbers = [each.version for each in about.versions]
    revision = revision or (about.version.version if about.version else "")
    if not base and revision in numbers:
        older = numbers[numbers.index(revision) + 1 :]
        base = older[0] if older else ""
    return base, revision


def _documents(view: View, identity: str, number: str) -> Mapping[str, Document]:
    return subject.api(view, versions.get(view.context, identity, number)).documents.documents


def _place(documents: Mapping[str, Document], place: Mapping[str, Any] | None) -> Excerpt | None:
    if place is None:
        return None
    document = documents.get(place.get("source", "")) or next(iter(documents.values()), None)
    return excerpts.at_line(document, place["line"], around=0) if document else None


def _verdicts(report: DiffReport, chosen: str) -> filters.Group:
    counts = {"breaking": report.breaking, "unknown": report.unknown, "safe": report.safe}
    options = tuple(filters.Option(word, word, count) for word, count in counts.items() if count)
    return filters.Group("verdict", "Verdict", options, chosen)
