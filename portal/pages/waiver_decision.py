"""The question before a waiver is granted, refused or withdrawn: what it means, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from portal import links
from portal.page import Page
from portal.pages import waiver
from portal.view import View
from registry.domain.errors import NotFound
from registry.domain.waivers import Waiver
from registry.services import waivers

page = Page("/waivers/{number}/{decision}", "Decide about a waiver", under="Waivers")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be decided: its words, what follows from it, and what does it."""

    word: str
    follows: str
    do: Callable[..., Waiver]
    grave: bool = True


CHOICES: Mapping[str, Choice] = {
    "grant": Choice("Grant", "From now on the gate lets it pass, until its last day.", waivers.grant, False),
    "refuse": Choice("Refuse", "The gate goes on refusing it, and nobody can change that.", waivers.refuse),
    "withdraw": Choice("Withdraw", "Whatever it let pass fails again.", waivers.withdraw),
}


def get(view: View) -> Response:
    choice, found = _choice(view), waiver.of(view)
    view.trail = ((f"Waiver {found.id}", links.link("waivers", found.id)),)
    return view.render(title=f"{choice.word} waiver {found.id}?", found=found, choice=choice)


def post(view: View) -> Response:
    choice, found = _choice(view), waiver.of(view)
    choice.do(view.context, found.id, reason=view.form["reason"])
    return view.redirect(links.link("waivers", found.id))


def _choice(view: View) -> Choice:
    if (choice := CHOICES.get(view.part("decision"))) is None:
        raise NotFound(
            "no-such-decision",
            "A waiver is granted, refused or withdrawn.",
            "The waiver's page has the links.",
        )
    return choice
