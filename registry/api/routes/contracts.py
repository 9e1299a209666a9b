"""Contracts: list, search, create, change, and what they describe."""

from __future__ import annotations

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, created, items, location, page
from registry.api.calls import Asked, moment
from registry.services import catalogue, contracts, traffic

router = APIRouter()


@router.get("/v1/contracts")
def list_contracts(asked: Asked) -> Response:
    names = ("domain", "system", "owner", "kind", "state")
    wanted = contracts.Filter(**{name: asked.query[name] for name in names})
    with asked.registry.unit.read(asked.actor) as context:
        found = contracts.browse(context, wanted, after=asked.query["after"], limit=asked.query["limit"])
    return page(asked.request, found, views.contract)


@router.post("/v1/contracts")
def create_contract(asked: Asked) -> Response:
    facts = dict(asked.body)
    identity = facts.pop("contract")
    with asked.registry.unit(asked.actor) as context:
        made = contracts.create(context, identity, **facts)
    return created(views.contract(made), location("contracts", made.domain, made.name))


@router.get("/v1/search")
def search(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = catalogue.search(
            context, asked.query["q"], after=asked.query["after"], limit=asked.query["limit"]
        )
    return page(asked.request, found, views.hit)


@router.get("/v1/contracts/{domain}/{name}")
def get_contract(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return answer(views.contract(contracts.get(context, asked.contract)))


@router.patch("/v1/contracts/{domain}/{name}")
def change_contract(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.contract(contracts.change(context, asked.contract, **asked.body)))


@router.get("/v1/contracts/{domain}/{name}/elements")
def list_elements(asked: Asked) -> Response:
    kind = asked.query["kind"]
    kinds = (kind,) if kind else ("operation", "channel")
    with asked.registry.unit.read(asked.actor) as context:
        found = contracts.elements(
            context, asked.contract, kinds=kinds, after=asked.query["after"], limit=asked.query["limit"]
        )
    return page(asked.request, found, views.element)


@router.get("/v1/contracts/{domain}/{name}/callers")
def list_callers(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        contracts.get(context, asked.contract)
        found = traffic.callers(
            context,
            asked.contract,
            asked.query["version"],
            since=moment(asked.query["since"]),
            environment=asked.query["environment"],
        )
    return items(found, views.caller)
