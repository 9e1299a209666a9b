"""Who is asking, people, machine tokens, the audit."""

from __future__ import annotations

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, created, items, location, nothing, page
from registry.api.calls import Asked, moment
from registry.domain.access import EVERYWHERE, Grant, Role
from registry.services import audit, identity, tokens

router = APIRouter()


@router.get("/v1/me")
def get_me(asked: Asked) -> Response:
    actor = asked.actor
    grants = {domain: sorted(scopes) for domain, scopes in actor.grants.items()}
    return answer({"kind": actor.kind, "name": actor.name, "title": actor.title, "grants": grants})


@router.delete("/v1/session")
def end_session(asked: Asked) -> Response:
    token = asked.request.cookies.get(identity.COOKIE)
    response = nothing()
    if token:
        with asked.registry.unit(asked.actor) as context:
            identity.end_session(context, token)
        response.delete_cookie(identity.COOKIE)
    return response


@router.get("/v1/people")
def list_people(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(identity.people(context), views.person)


@router.put("/v1/people/{email}")
def put_person(asked: Asked) -> Response:
    given = asked.body.get("grants")
    grants = (
        None if given is None else [Grant(Role(one["role"]), one.get("domain", EVERYWHERE)) for one in given]
    )
    with asked.registry.unit(asked.actor) as context:
        made = identity.put_person(
            context, asked.path["email"], name=asked.body.get("name", ""), grants=grants
        )
    return answer(views.person(made))


@router.post("/v1/people/{email}/links")
def issue_sign_in_link(asked: Asked) -> Response:
    settings = asked.registry.settings
    with asked.registry.unit(asked.actor) as context:
        link = identity.issue_link(context, asked.path["email"], lifetime=settings.link_lifetime)
    response = created(
        {"url": settings.url + link.path, "expires_at": link.expires_at},
        location("people", link.person.email),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@router.get("/v1/tokens")
def list_tokens(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(tokens.browse(context), views.token)


@router.post("/v1/tokens")
def issue_token(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        issued = tokens.issue(
            context, asked.body["name"], asked.body["scopes"], expires_at=moment(asked.body.get("expires_at"))
        )
    response = created(
        {"token": views.token(issued.token), "text": issued.text}, location("tokens", issued.token.id)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@router.delete("/v1/tokens/{id}")
def revoke_token(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.token(tokens.revoke(context, asked.path["id"])))


@router.get("/v1/audit")
def list_audit_entries(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = audit.browse(context, **asked.query)
    return page(asked.request, found, views.audit_entry)


@router.get("/v1/audit/verification")
def verify_audit(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = audit.verify(context)
    return answer(
        {
            "intact": not found.reason,
            "entries": found.entries,
            "broken_at": None if found.broken_at is None else str(found.broken_at),
            "reason": found.reason,
        }
    )
