"""The dispatch desk: what needs somebody, each with its evidence and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from portal.page import Page, Rail
from portal.view import View
from registry.domain.access import Scope
from registry.domain.contracts import VersionSummary
from registry.domain.reports import GateRun, Outcome
from registry.domain.traffic import Caller
from registry.services import contracts, gates, lifecycle, traffic, waivers

page = Page("/", "Home", Rail("Home", 10, "home"))

RUNS = 100
FEW = 6
REFUSED_FOR = timedelta(days=14)
CALLED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Ending:
    """A deprecated version that somebody still calls; the latest caller first."""

    version: VersionSummary
    callers: tuple[Caller, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(caller.consumer or "somebody without a key" for caller in self.callers))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that the gate did not let pass, with what it would have broken and for whom."""

    run: GateRun
    messages: tuple[str, ...]
    more: int
    callers: tuple[Caller, ...]


def get(view: View) -> Response:
    runs = gates.browse(view.context, limit=RUNS).items
    ending = lifecycle.calendar(view.context, limit=40)
    waiting = waivers.waiting(view.context)
    open_violations = traffic.violations(view.context, state="open", limit=50)
    decides = view.context.actor.may_anywhere(Scope.WAIVERS_DECIDE)
    return view.render(
        refused=[_refusal(view, run) for run in _refused(runs, view.now)[:FEW]],
        endings=_still_called(view, ending)[:FEW],
        violations=open_violations.items[:FEW],
        waiting=waiting[:FEW],
        published=[run for run in runs if _stored(run)][:10],
        figures=(
            (contracts.count(view.context), "contract", "/catalogue"),
            (len(ending), "deprecated version", "/calendar"),
            (len(open_violations.items), "open violation", "/violations?state=open"),
            (len(_refused(runs, view.now)), "refused change", "/gate-runs?outcome=fail"),
            *(((len(waiting), "waiting waiver", "/waivers?state=requested"),) if decides else ()),
        ),
    )


def _refused(runs: tuple[GateRun, ...], now: datetime) -> list[GateRun]:
    """Refusals that nothing has answered yet: the latest run of each contract, where it said no."""
    latest: dict[str, GateRun] = {}
    for run in runs:
        latest.setdefault(run.contract, run)
    return [
        run
        for run in latest.values()
        if run.outcome is not Outcome.PASS and run.source != "import" and now - run.created_at < REFUSED_FOR
    ]


def _refusal(view: View, run: GateRun) -> Refusal:
    comparison = gates.get(view.context, run.id).result.get("comparison") or {}
    breaking = [
        change["message"] for change in comparison.get("changes", ()) if change["verdict"] == "breaking"
    ]
    callers = (
        traffic.callers(view.context, run.contract, run.base, since=view.now - CALLED_WITHIN)
        if run.base
        else ()
    )
    return Refusal(run, tuple(breaking[:2]), max(0, len(breaking) - 2), callers)


def _stored(run: GateRun) -> bool:
    """An import stores what the gate refuses, too; a publication only what it lets pass."""
    return run.source == "import" or (run.source == "publish" and run.outcome is Outcome.PASS)


def _still_called(view: View, ending: tuple[VersionSummary, ...]) -> list[Ending]:
    since = view.now - CALLED_WITHIN
    found = (
        Ending(each, traffic.callers(view.context, each.contract, each.version, since=since))
        for each in ending
    )
    return [each for each in found if each.callers]
