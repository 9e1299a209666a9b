"""One waiver: what it is about, who asked and why, what was decided, and what can be done now."""

from __future__ import annotations

from starlette.responses import Response

from contracts.errors import ContractError
from policies import rulesets
from portal.page import Page
from portal.view import View
from registry.domain.access import Scope
from registry.domain.errors import NotFound
from registry.domain.waivers import Waiver, WaiverState
from registry.services import contracts, waivers

page = Page("/waivers/{number}", "Waiver", under="Waivers")


def get(view: View) -> Response:
    found = of(view)
    decides = view.may(Scope.WAIVERS_DECIDE, found.domain)
    open_ = found.state is WaiverState.REQUESTED
    return view.render(
        title=f"Waiver {found.id}",
        found=found,
        why=_why(found),
        known=contracts.exists(view.context, found.contract),
        may_grant=open_ and waivers.may_decide(view.context, found),
        may_refuse=open_ and decides,
        is_own=open_ and decides and not waivers.may_decide(view.context, found),
        may_withdraw=found.state in (WaiverState.REQUESTED, WaiverState.GRANTED, WaiverState.EXPIRED)
        and view.may(Scope.CONTRACTS_WRITE, found.domain),
    )


def of(view: View) -> Waiver:
    """The waiver that the address names. Raises `NotFound`."""
    text = view.part("number")
    if not text.isdecimal() or len(text) > 15:
        raise NotFound("no-such-waiver", f"There is no waiver {text[:40]!r}.", "The list has them all.")
    return waivers.get(view.context, int(text))


def _why(found: Waiver) -> str:
    try:
        return "" if found.rule is None else rulesets.rule(found.rule).why
    except ContractError:
        return ""  # an area of rules, or one that is gone
