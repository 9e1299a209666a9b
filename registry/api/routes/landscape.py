"""Teams, domains, systems, environments and plans."""

from __future__ import annotations

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, items
from registry.api.calls import Asked
from registry.services import teams

router = APIRouter()


@router.get("/v1/teams")
def list_teams(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(teams.teams(context), views.fields)


@router.put("/v1/teams/{name}")
def put_team(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.fields(teams.put_team(context, asked.path["name"], **asked.body)))


@router.get("/v1/domains")
def list_domains(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(teams.domains(context), views.fields)


@router.put("/v1/domains/{name}")
def put_domain(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.fields(teams.put_domain(context, asked.path["name"], **asked.body)))


@router.get("/v1/systems")
def list_systems(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(teams.systems(context), views.fields)


@router.put("/v1/systems/{name}")
def put_system(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.fields(teams.put_system(context, asked.path["name"], **asked.body)))


@router.get("/v1/environments")
def list_environments(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(teams.environments(context), views.fields)


@router.put("/v1/environments/{name}")
def put_environment(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.fields(teams.put_environment(context, asked.path["name"], **asked.body)))


@router.get("/v1/plans")
def list_plans(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(teams.plans(context), views.fields)


@router.put("/v1/plans/{name}")
def put_plan(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.fields(teams.put_plan(context, asked.path["name"], **asked.body)))
