"""Signing out: the session ends here, not only in the browser."""

from __future__ import annotations

from starlette.responses import Response

from portal import people
from portal.page import Page
from portal.view import View
from registry.services import identity

page = Page("/sign-out", "Sign out", open=True)


def post(view: View) -> Response:
    if view.session is not None:
        identity.end_session(view.context, view.session)
    return people.forget(view.redirect("/sign-in"))
