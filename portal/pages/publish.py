"""Publishing by upload: the verdict comes at once, with its reasons, and a refusal stores nothing."""

from __future__ import annotations

from starlette.responses import Response

from portal import links
from portal.page import Page
from portal.uploads import files_of, root_of
from portal.view import View
from registry.domain import names
from registry.domain.errors import DomainError, Invalid
from registry.services import contracts, publishing, teams
from registry.services.publishing import Proposal

page = Page("/publish", "Publish", under="Catalogue", upload=True, transacted=False)

FIELDS = {
    "invalid-name": "contract",
    "invalid-contract": "contract",
    "no-owner": "owner",
    "no-version": "number",
    "invalid-version": "number",
}


def get(view: View) -> Response:
    known = view.query("contract")
    contract = contracts.get(view.context, known) if known and contracts.exists(view.context, known) else None
    return view.render(
        contract=contract,
        given=known,
        teams=[("", "as it is; a new contract needs one")]
        + [(t.name, t.title) for t in teams.teams(view.context)],
        systems=[("", "none")] + [(s.name, s.title) for s in teams.systems(view.context)],
        domains=teams.domains(view.context),
        megabytes=view.registry.settings.limits.bytes // 1024 // 1024,
    )


def post(view: View) -> Response:
    form, registry = view.form, view.registry
    files = files_of(form.uploads)
    try:
        contract = "/".join(names.split(form["contract"]))
        proposal = Proposal(
            contract,
            files,
            root_of(files, form["root"], registry.settings.limits),
            version=form["number"] or None,
            owner=form["owner"] or None,
            system=form["system"] or None,
            source="check" if form["do"] == "check" else "publish",
        )
        if proposal.source == "check":
            run = publishing.check(registry, view.context.actor, proposal)
            return view.redirect(links.link("gate-runs", run.id))
        done = publishing.publish(registry, view.context.actor, proposal)
    except DomainError as error:
        field = FIELDS.get(error.code)
        if field is None:
            raise
        raise Invalid(
            error.code, error.message, error.advice, details={"fields": {field: error.message}}
        ) from error
    if done.run is not None:
        return view.redirect(links.link("gate-runs", done.run.id))
    assert done.version is not None
    return view.redirect(links.contract(contract, version=done.version.version))
