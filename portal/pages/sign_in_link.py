"""A one-time sign-in link. Opening it asks, and only the answer spends it: mail scanners and previews open links too."""

from __future__ import annotations

from starlette.responses import Response

from portal import people
from portal.page import Page
from portal.view import View
from registry.services import identity

page = Page("/sign-in/link", "Sign in", open=True)


def get(view: View) -> Response:
    return view.render(token=view.query("token"))


def post(view: View) -> Response:
    token = view.form["token"] or view.query("token")
    lifetime = view.registry.settings.session_lifetime
    signed_in = identity.redeem_link(view.context, token, lifetime=lifetime)
    return people.remember(view.redirect("/"), view.registry, signed_in)
