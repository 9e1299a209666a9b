"""Traffic beside the contracts: paths that none of them has, and versions that have ended and are still called."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from portal import filters
from portal.page import Page, Rail
from portal.view import View
from registry.services import drift

page = Page("/unknown", "Unknown traffic", Rail("Unknown traffic", 35, "search"))

DAYS = 90


def get(view: View) -> Response:
    contract = view.query("contract")
    since = view.now - timedelta(days=DAYS)
    return view.render(
        found=drift.shadows(
            view.context, contract=contract or None, since=since, after=view.query("after") or None
        ),
        zombies=drift.zombies(view.context, contract=contract or None, since=since),
        groups=(filters.Group("contract", "Contract", (), contract),),
    )
