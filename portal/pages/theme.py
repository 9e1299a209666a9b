"""Light, dark, or as the system is: kept in a cookie, so that the first byte has it and no script is needed."""

from __future__ import annotations

from starlette.responses import Response

from portal import links
from portal.page import Page
from portal.view import THEME_COOKIE, THEMES, View

page = Page("/theme", "Theme", open=True)
YEAR = 365 * 24 * 3600


def post(view: View) -> Response:
    back = view.redirect(links.inside(view.form["back"]))
    chosen = view.form["theme"]
    if chosen in THEMES:
        back.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, samesite="lax", httponly=True, path="/")
    else:
        back.delete_cookie(THEME_COOKIE, path="/")
    return back
