"""Consumers: the applications that call or listen."""

from __future__ import annotations

from starlette.responses import Response

from portal import links
from portal.page import Page, Rail
from portal.view import View
from registry.domain.access import Scope
from registry.domain.errors import DomainError, Invalid
from registry.services import consumers, teams

page = Page("/consumers", "Consumers", Rail("Consumers", 110, "consumers"))


def get(view: View) -> Response:
    return view.render(
        found=consumers.browse(view.context, after=view.query("after") or None),
        teams=[("", "nobody")] + [(team.name, team.title) for team in teams.teams(view.context)],
        may_write=view.person is not None and view.person.may_anywhere(Scope.CONSUMERS_WRITE),
    )


def post(view: View) -> Response:
    name = view.form["name"]
    try:
        consumers.create(
            view.context,
            name,
            title=view.form["title"],
            owner=view.form["owner"] or None,
            contact=view.form["contact"] or None,
        )
    except DomainError as error:
        if error.code in ("invalid-name", "consumer-exists"):
            raise Invalid(
                error.code, error.message, error.advice, details={"fields": {"name": error.message}}
            ) from error
        raise
    return view.redirect(links.link("consumers", name))
