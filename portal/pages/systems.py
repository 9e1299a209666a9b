"""Systems: what the enterprise runs, and which interfaces each of them offers."""

from __future__ import annotations

from starlette.responses import Response

from portal.page import Page, Rail
from portal.view import View
from registry.services import contracts, teams
from registry.services.contracts import Filter

page = Page("/systems", "Systems", Rail("Systems", 120, "systems"))

FEW = 12


def get(view: View) -> Response:
    systems = teams.systems(view.context)
    return view.render(
        systems=[
            (system, contracts.browse(view.context, Filter(system=system.name), limit=FEW))
            for system in systems
        ],
        owners={team.name: team.title for team in teams.teams(view.context)},
    )
