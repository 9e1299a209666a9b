"""How the traffic of a contract differs from what it declares: unknown paths, undeclared names, what nobody uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from contracts.model import EventApi, HttpApi
from portal import subject
from portal.page import Page
from portal.view import View
from registry.domain.traffic import OperationDrift, Place
from registry.services import drift, versions
from registry.services.unit import Context

page = Page("/contracts/{domain}/{name}/drift", "Drift", under="Catalogue")

DAYS = 90
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Part:
    """The places of one part of an operation, as many as are shown, and how many there are."""

    word: str
    places: Sequence[Place]
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation with something to tell."""

    drift: OperationDrift
    undeclared: Sequence[Part]
    unused: Sequence[Part]


def get(view: View) -> Response:
    about = subject.load(view, "Drift")
    identity = about.contract.identity
    since = view.now - timedelta(days=DAYS)
    number = about.version.version if about.version else None
    found = drift.drift(view.context, identity, number, since=since, model=_kept(view)) if number else None
    operations = found.operations if found else ()
    return view.render(
        about=about,
        shadows=drift.shadows(view.context, contract=identity, since=since, limit=100).items,
        zombies=drift.zombies(view.context, contract=identity, since=since),
        operations=[
            Shown(each, _parts(each.undeclared), _parts(each.unused))
            for each in sorted(operations, key=lambda each: (not each.undeclared, -each.calls))
            if each.undeclared or each.unused
        ],
        watched=len(operations),
        uncalled=found.uncalled if found else (),
        days=DAYS,
    )


def _kept(view: View) -> drift.Models:
    def model(context: Context, contract: str, number: str) -> HttpApi | EventApi:
        stored = versions.get(context, contract, number)
        return view.library.read(stored.digest, stored.root, lambda: versions.files(context, stored))

    return model


def _parts(places: Sequence[Place]) -> Sequence[Part]:
    words = dict.fromkeys(place.part for place in places)
    grouped = {word: [place for place in places if place.part == word] for word in words}
    return [Part(word, held[:SHOWN], len(held)) for word, held in grouped.items()]
