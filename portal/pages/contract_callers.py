"""Who calls a contract, which version of it, how much, and when they were last seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response

from portal import charts, subject
from portal.page import Page
from portal.view import View
from registry.domain.traffic import Usage
from registry.services import consumers, traffic

page = Page("/contracts/{domain}/{name}/callers", "Callers", under="Catalogue")

DAYS = 90
HOURS = 24


def get(view: View) -> Response:
    about = subject.load(view, "Callers")
    identity = about.contract.identity
    wanted = about.shown or None
    found = traffic.callers(view.context, identity, wanted, since=view.now - timedelta(days=DAYS))
    usage = traffic.usage(view.context, identity, wanted, since=view.now - timedelta(hours=HOURS))
    seen = {caller.consumer for caller in found}
    subscribed = consumers.subscribers(view.context, identity)
    return view.render(
        about=about,
        callers=found,
        states={each.version: each for each in about.versions},
        silent=[each for each in subscribed if each.consumer not in seen],
        pinned=[each for each in subscribed if each.pin],
        spark=charts.spark(_by_hour(view, usage), f"calls in the last {HOURS} hours"),
        calls=sum(one.calls for one in usage),
        most=max((caller.calls for caller in found), default=0),
        operations=_by_operation(usage).most_common(12),
        days=DAYS,
    )


def _by_hour(view: View, usage: Sequence[Usage]) -> list[int]:
    counts = Counter({0: 0})
    for one in usage:
        counts[int((view.now - one.at).total_seconds() // 3600)] += one.calls
    return [counts[age] for age in range(HOURS - 1, -1, -1)]


def _by_operation(usage: Sequence[Usage]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in usage:
        counts[one.operation or "no operation of the contract"] += one.calls
    return counts
