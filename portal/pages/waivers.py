"""Waivers: what may pass for a time, what waits for a decision, and what covers nothing any more."""

from __future__ import annotations

from starlette.responses import Response

from portal import filters
from portal.page import Page, Rail
from portal.view import View
from registry.domain.access import Scope
from registry.domain.waivers import WaiverState
from registry.services import waivers

page = Page("/waivers", "Waivers", Rail("Waivers", 55, "waiver"))


def get(view: View) -> Response:
    state, contract, rule = view.query("state"), view.query("contract"), view.query("rule")
    return view.render(
        found=waivers.browse(
            view.context,
            contract=contract or None,
            state=state or None,
            rule=rule or None,
            after=view.query("after") or None,
        ),
        groups=(
            filters.group("state", "State", [str(each) for each in WaiverState], state),
            filters.Group("contract", "Contract", (), contract),
            filters.Group("rule", "Rule", (), rule),
        ),
        filtered=bool(state or contract or rule),
        waiting=len(waivers.waiting(view.context)),
        may_ask=view.context.actor.may_anywhere(Scope.CONTRACTS_WRITE),
    )
