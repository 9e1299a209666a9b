"""One rule: what it wants, why, and what good and bad look like."""

from __future__ import annotations

from starlette.responses import Response

from contracts.errors import ContractError
from policies import rulesets
from portal.page import Page
from portal.view import View
from registry.domain.errors import NotFound

page = Page("/policies/{code}", "Rule", under="Policies")


def get(view: View) -> Response:
    try:
        rule = rulesets.rule(view.part("code"))
    except ContractError as error:
        raise NotFound(error.code, error.message, error.advice) from error
    return view.render(title=rule.code, rule=rule, known=set(rulesets.catalogue()))
