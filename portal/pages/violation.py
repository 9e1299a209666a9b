"""One kind of violation: where, since when, how often, a redacted sample, and what somebody thinks of it."""

from __future__ import annotations

from starlette.responses import Response

from portal import links
from portal.page import Page
from portal.view import View
from registry.domain.access import Scope
from registry.domain.errors import NotFound
from registry.services import traffic

page = Page("/violations/{number}", "Violation", under="Violations")


def get(view: View) -> Response:
    found = traffic.violation(view.context, _number(view))
    return view.render(
        title=f"Violation {found.id}",
        found=found,
        may_write=view.may(Scope.VIOLATIONS_WRITE, found.contract.partition("/")[0]),
        fragment=links.anchor(found.operation or ""),
    )


def post(view: View) -> Response:
    number = _number(view)
    if view.form["do"] == "reopen":
        traffic.reopen(view.context, number)
    else:
        traffic.acknowledge(view.context, number, note=view.form["note"])
    return view.redirect(links.link("violations", number))


def _number(view: View) -> int:
    text = view.part("number")
    if not text.isdecimal() or len(text) > 15:
        raise NotFound("no-such-violation", f"There is no violation {text[:40]!r}.", "The list has them all.")
    return int(text)
