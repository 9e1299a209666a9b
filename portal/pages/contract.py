"""A contract: what it is, who answers for it, where it stands, and what changed last."""

from __future__ import annotations

from starlette.responses import Response

from contracts.model import HttpApi
from portal import subject
from portal.page import Page
from portal.reading.outline import outline
from portal.view import View
from registry.services import consumers, deployments, reports, teams

page = Page("/contracts/{domain}/{name}", "Contract", under="Catalogue")

FEW = 12


def get(view: View) -> Response:
    about = subject.load(view, "Overview")
    identity = about.contract.identity
    if about.version is None:
        return view.render(about=about, owner=teams.team(view.context, about.contract.owner))
    api = subject.api(view, about.version)
    groups = outline(api)
    return view.render(
        about=about,
        owner=teams.team(view.context, about.contract.owner),
        system=teams.system(view.context, about.contract.system) if about.contract.system else None,
        api=api,
        is_http=isinstance(api, HttpApi),
        total=sum(len(group.entries) for group in groups),
        few=[entry for group in groups for entry in group.entries][:FEW],
        changelog=reports.diffs(view.context, identity, limit=5),
        served=deployments.browse(view.context, contract=identity),
        subscribers=consumers.subscribers(view.context, identity),
    )
