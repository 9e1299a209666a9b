"""One gate run: yes or no, each check with its reason, and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from portal import links
from portal.page import Page
from portal.view import View
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
        safe=sum(1 for change in comparison.get("changes", ()) if change["verdict"] == "safe"),
        findings=findings[:MOST],
        more_findings=max(0, len(findings) - MOST),
        publish=links.link("publish", contract=run.contract),
    )


def _stored(view: View, run: GateRun) -> bool:
    """Whether what was asked about is in the registry now, byte for byte."""
    try:
        return versions.get(view.context, run.contract, run.version).digest == run.digest
    except NotFound:
        return False
