"""The catalogue: every contract, and everything that is found by the search."""

from __future__ import annotations

from starlette.responses import Response

from portal import filters
from portal.page import Page, Rail
from portal.view import View
from registry.domain.contracts import Kind
from registry.services import catalogue, contracts, teams
from registry.services.contracts import Filter

page = Page("/catalogue", "Catalogue", Rail("Catalogue", 20, "catalogue"))

KINDS = ((Kind.OPENAPI.value, "OpenAPI"), (Kind.ASYNCAPI.value, "AsyncAPI"))
STATES = ("published", "deprecated")


def get(view: View) -> Response:
    words = view.query("q")
    if words:
        hits = catalogue.search(view.context, words, after=view.query("after") or None)
        return view.render(words=words, hits=hits, title=f"Search: {words}")
    chosen = {name: view.query(name) for name in ("kind", "domain", "system", "state", "owner")}
    found = contracts.browse(
        view.context,
        Filter(**{name: value or None for name, value in chosen.items()}),
        after=view.query("after") or None,
    )
    return view.render(words="", found=found, groups=_groups(view, chosen), filtered=any(chosen.values()))


def _groups(view: View, chosen: dict[str, str]) -> tuple[filters.Group, ...]:
    context = view.context
    return (
        filters.group("kind", "Kind", KINDS, chosen["kind"]),
        filters.group(
            "domain", "Domain", [(d.name, d.title) for d in teams.domains(context)], chosen["domain"]
        ),
        filters.group(
            "system", "System", [(s.name, s.title) for s in teams.systems(context)], chosen["system"]
        ),
        filters.group("state", "State", STATES, chosen["state"]),
        filters.group("owner", "Owner", [(t.name, t.title) for t in teams.teams(context)], chosen["owner"]),
    )
