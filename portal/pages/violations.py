"""Violations: exchanges that broke a contract, those of one kind counted together."""

from __future__ import annotations

from starlette.responses import Response

from portal import filters
from portal.page import Page, Rail
from portal.view import View
from registry.services import traffic

page = Page("/violations", "Violations", Rail("Violations", 30, "violation"))


def get(view: View) -> Response:
    state, contract = view.query("state"), view.query("contract")
    return view.render(
        found=traffic.violations(
            view.context,
            contract=contract or None,
            state=state or None,
            after=view.query("after") or None,
        ),
        groups=(
            filters.group("state", "State", traffic.STATES, state),
            filters.Group("contract", "Contract", (), contract),
        ),
        filtered=bool(state or contract),
    )
