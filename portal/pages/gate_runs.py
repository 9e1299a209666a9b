"""Gate runs: every yes and no that was given to a change."""

from __future__ import annotations

from starlette.responses import Response

from portal import filters
from portal.page import Page, Rail
from portal.view import View
from registry.domain.reports import Outcome
from registry.services import gates

page = Page("/gate-runs", "Gate runs", Rail("Gate runs", 40, "gate"))


def get(view: View) -> Response:
    outcome, contract = view.query("outcome"), view.query("contract")
    return view.render(
        runs=gates.browse(
            view.context,
            contract=contract or None,
            outcome=outcome or None,
            after=view.query("after") or None,
        ),
        groups=(
            filters.group("outcome", "Outcome", [str(each) for each in Outcome], outcome),
            filters.Group("contract", "Contract", (), contract),
        ),
    )
