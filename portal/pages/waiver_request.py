"""Asking for a waiver; from a finding or a change the form comes filled in."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from linters.suppression.entries import day
from portal import links
from portal.page import Page
from portal.view import View
from registry.domain.errors import Invalid
from registry.domain.waivers import Request
from registry.services import waivers

page = Page("/waivers/new", "Ask for a waiver", under="Waivers")

USUAL = timedelta(days=90)
GIVEN = ("contract", "rule", "change", "pointer", "fingerprint")


def get(view: View) -> Response:
    longest = view.registry.settings.longest_waiver
    today = view.now.date()
    return view.render(
        given={name: view.query(name) for name in GIVEN},
        today=today.isoformat(),
        usual=(today + min(USUAL, longest)).isoformat(),
        last=(today + longest).isoformat(),
        days=longest.days,
    )


def post(view: View) -> Response:
    form = view.form
    until = day(form["until"])
    if until is None:
        message = "Say until when, as a day like 2027-03-31."
        raise Invalid("invalid-waiver", message, details={"fields": {"until": message}})
    asked = Request(
        contract=form["contract"],
        reason=form["reason"],
        until=until,
        rule=form["rule"] or None,
        change=form["change"] or None,
        pointer=form["pointer"] or None,
        fingerprint=form["fingerprint"] or None,
    )
    made = waivers.request(view.context, asked, longest=view.registry.settings.longest_waiver)
    return view.redirect(links.link("waivers", made.id))
