"""One gate run: yes or no, each check with its reason, and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.responses import Response

from contracts.pointers import to_pointer
from portal import links
from portal.page import Page
from portal.view import View
from registry.domain.access import Scope
from registry.domain.errors import NotFound
from registry.domain.reports import GateRun
from registry.services import gates, versions

page = Page("/gate-runs/{run}", "Gate run", under="Gate runs")

MOST = 40


def get(view: View) -> Response:
    number = view.part("run")
    if not number.isdecimal() or len(number) > 15:
        raise NotFound("no-such-run", f"There is no gate run {number[:40]!r}.", "The list has them all.")
    run = gates.get(view.context, int(number))
    result: Mapping[str, Any] = run.result
    comparison: Mapping[str, Any] = result.get("comparison") or {}
    changes = [change for change in comparison.get("changes", ()) if change["verdict"] != "safe"]
    findings = result.get("findings") or ()
    return view.render(
        title=f"{run.contract} {run.version}",
        run=run,
        stored=_stored(view, run),
        changes=changes[:MOST],
        more_changes=max(0, len(changes) - MOST),
        approved={one["fingerprint"]: one for one in result.get("approved") or ()},
        safe=sum(1 for change in comparison.get("changes", ()) if change["verdict"] == "safe"),
        findings=findings[:MOST],
        more_findings=max(0, len(findings) - MOST),
        waived=[one for one in result.get("suppressed") or () if one["suppressed"]["kind"] == "external"][
            :MOST
        ],
        ask=partial(_ask, run.contract) if view.may(Scope.CONTRACTS_WRITE, _domain(run)) else None,
        publish=links.link("publish", contract=run.contract),
    )


def _domain(run: GateRun) -> str:
    return run.contract.partition("/")[0]


def _ask(contract: str, one: Mapping[str, Any]) -> str:
    """Where to ask for a waiver of a finding, or of a change."""
    if "verdict" in one:
        return links.link("waivers", "new", contract=contract, change=one.get("fingerprint"))
    pointer = to_pointer(one["path"])
    return links.link("waivers", "new", contract=contract, rule=one["code"], pointer=pointer)


def _stored(view: View, run: GateRun) -> bool:
    """Whether what was asked about is in the registry now, byte for byte."""
    try:
        return versions.get(view.context, run.contract, run.version).digest == run.digest
    except NotFound:
        return False
