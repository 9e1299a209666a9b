"""Signing in: by a link that was sent or printed, or at the organisation's own sign-in service."""

from __future__ import annotations

from starlette.responses import Response

from portal import links
from portal.page import Page
from portal.view import View

page = Page("/sign-in", "Sign in", open=True)


def get(view: View) -> Response:
    wanted = links.inside(view.query("next"))
    if view.person is not None:
        return view.redirect(wanted)
    oidc = view.registry.settings.oidc
    return view.render(oidc=oidc is not None, issuer=oidc.issuer if oidc else "", wanted=wanted)
