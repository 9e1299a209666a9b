"""The calendar: versions on their way out by the day on which they go, with who still calls them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from portal.milestones import countdown
from portal.page import Page, Rail
from portal.view import View
from registry.domain.contracts import VersionSummary
from registry.services import lifecycle, traffic

page = Page("/calendar", "Calendar", Rail("Calendar", 60, "calendar"))

MOST = 100
CALLED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Entry:
    version: VersionSummary
    callers: tuple[str, ...]
    countdown: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    entries: tuple[Entry, ...]


def get(view: View) -> Response:
    months: dict[str, list[Entry]] = {}
    for version in lifecycle.calendar(view.context, limit=MOST):
        sunset = version.sunset_at
        overdue = sunset is not None and sunset <= view.now
        name = "Overdue" if overdue else f"{sunset:%B %Y}" if sunset else "No date yet"
        callers = traffic.callers(
            view.context, version.contract, version.version, since=view.now - CALLED_WITHIN
        )
        names = tuple(dict.fromkeys(caller.consumer or "without a key" for caller in callers))
        entry = Entry(version, names, countdown(sunset, view.now) if sunset else "", overdue)
        months.setdefault(name, []).append(entry)
    return view.render(months=[Month(name, tuple(entries)) for name, entries in months.items()])
