"""`offeredScopes`: the scopes that an AsyncAPI 3.x requirement asks for are offered by its flows.

A function of Lading's. The target is a Security Scheme Object: in 3.x it is scheme and requirement in one, and its
`scopes` are some of its flows' `availableScopes` (3.0.0, Security Scheme Object).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict) or target.get("type") != "oauth2":
        return
    wanted, flows = target.get("scopes"), target.get("flows")
    if not isinstance(wanted, list) or not isinstance(flows, dict):
        return
    offered = {
        name
        for flow in flows.values()
        if isinstance(flow, dict) and isinstance(flow.get("availableScopes"), dict)
        for name in flow["availableScopes"]
    }
    for index, scope in enumerate(wanted):
        if isinstance(scope, str) and scope not in offered:
            close = difflib.get_close_matches(scope, sorted(offered), n=1)
            advice = f"Did you mean `{close[0]}`?" if close else "Add it to a flow, or take it out."
            yield Problem(f"No flow of the scheme offers the scope `{scope}`. {advice}", ("scopes", index))


FUNCTION = Function("offeredScopes", None, _prepare)
