"""The versions of a contract: where each stands, what changed between them, and how one is brought to its end."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from portal import links, subject
from portal.days import last_moment
from portal.page import Page
from portal.view import View
from registry.domain.access import Scope
from registry.domain.contracts import LIVE, State, VersionSummary
from registry.domain.dependents import Dependent
from registry.services import dependents, lifecycle, reports, versions

page = Page("/contracts/{domain}/{name}/versions", "Versions", under="Catalogue")


def get(view: View) -> Response:
    about = subject.load(view, "Versions")
    identity = about.contract.identity
    listed = versions.browse(view.context, identity, after=view.query("after") or None)
    live = [each for each in about.versions if each.state in LIVE]
    may_write = view.may(Scope.CONTRACTS_WRITE, about.contract.domain)
    return view.render(
        about=about,
        listed=listed,
        verdicts={diff.revision: diff for diff in reversed(reports.diffs(view.context, identity, limit=200))},
        may_write=may_write,
        live=live,
        endable=_endable(view, identity, about.versions) if may_write else (),
    )


def post(view: View) -> Response:
    identity = f"{view.part('domain')}/{view.part('name')}"
    number = view.form["version_number"]
    if view.form["do"] == "retire":
        force = view.form.checked("force")
        lifecycle.retire(view.context, identity, number, force=force, reason=view.form[f"reason-{number}"])
    else:
        lifecycle.deprecate(
            view.context,
            identity,
            number,
            sunset_at=last_moment(view.form["sunset"], "sunset"),
            replacement=view.form["replacement"] or None,
        )
    return view.redirect(links.contract(identity, "versions"))


def _endable(
    view: View, identity: str, listed: Sequence[VersionSummary]
) -> list[tuple[VersionSummary, tuple[Dependent, ...]]]:
    """What may be retired, each with those whom it still serves."""
    return [
        (each, dependents.of(view.context, identity, each.version))
        for each in listed
        if each.state == State.DEPRECATED and (each.sunset_at is None or each.sunset_at <= view.now)
    ]
