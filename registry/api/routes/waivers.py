"""Waivers: asked for, granted, refused, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, created, location, page
from registry.api.calls import Asked, Call
from registry.domain.errors import Invalid
from registry.domain.waivers import Request, Waiver
from registry.services import waivers

router = APIRouter()


@router.get("/v1/waivers")
def list_waivers(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = waivers.browse(context, **asked.query)
    return page(asked.request, found, views.waiver)


@router.post("/v1/waivers")
def request_waiver(asked: Asked) -> Response:
    wanted = Request(**{**asked.body, "until": _day(asked.body["until"])})
    with asked.registry.unit(asked.actor) as context:
        made = waivers.request(context, wanted, longest=asked.registry.settings.longest_waiver)
    return created(views.waiver(made), location("waivers", str(made.id)))


@router.get("/v1/waivers/{id}")
def get_waiver(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return answer(views.waiver(waivers.get(context, int(asked.path["id"]))))


@router.put("/v1/waivers/{id}/grant")
def grant_waiver(asked: Asked) -> Response:
    return _decided(asked, waivers.grant)


@router.put("/v1/waivers/{id}/refusal")
def refuse_waiver(asked: Asked) -> Response:
    return _decided(asked, waivers.refuse)


@router.put("/v1/waivers/{id}/withdrawal")
def withdraw_waiver(asked: Asked) -> Response:
    return _decided(asked, waivers.withdraw)


def _day(text: str) -> date:
    """A day that the contract's `date` let through; some, as of the year 0, no calendar here has."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("invalid-waiver", f"{text!r} is no day.", "Write it as 2027-03-31.") from None


def _decided(asked: Call, decide: Callable[..., Waiver]) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.waiver(decide(context, int(asked.path["id"]), **asked.body)))
