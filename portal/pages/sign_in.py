"""Signing in: by a link that was sent or printed, or at the organisation's own sign-in service."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from portal import links
from portal.page import Page
from portal.view import Problem, View

page = Page("/sign-in", "Sign in", open=True)

AGAIN = "Try again, or ask an admin for a sign-in link."
PROBLEMS: Mapping[str, Problem] = {
    "person-disabled": Problem("This account is closed.", "Ask an admin."),
    "no-verified-email": Problem(
        "The sign-in service did not vouch for a mail address.",
        "Have your address verified there, or ask an admin for a sign-in link.",
    ),
}


def get(view: View) -> Response:
    wanted = links.inside(view.query("next"))
    if view.person is not None:
        return view.redirect(wanted)
    if code := view.query("problem"):
        view.problem = PROBLEMS.get(code, Problem("Signing in there did not work.", AGAIN))
    oidc = view.registry.settings.oidc
    return view.render(oidc=oidc is not None, issuer=oidc.issuer if oidc else "", wanted=wanted)
