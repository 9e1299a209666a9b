"""Consumers, subscriptions, keys."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, created, location, nothing, page
from registry.api.calls import Asked, moment
from registry.domain.parties import IssuedKey
from registry.services import consumers

router = APIRouter()


@router.get("/v1/consumers")
def list_consumers(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = consumers.browse(context, after=asked.query["after"], limit=asked.query["limit"])
    return page(asked.request, found, views.consumer)


@router.post("/v1/consumers")
def create_consumer(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        made = consumers.create(context, **asked.body)
    return created(views.consumer(made), location("consumers", made.name))


@router.get("/v1/consumers/{name}")
def get_consumer(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return answer(views.consumer(consumers.get(context, asked.path["name"])))


@router.put("/v1/consumers/{consumer}/subscriptions/{domain}/{name}/{major}")
def subscribe(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        made = consumers.subscribe(
            context, asked.path["consumer"], asked.contract, asked.path["major"], **asked.body
        )
    return answer(views.subscription(made))


@router.delete("/v1/consumers/{consumer}/subscriptions/{domain}/{name}/{major}")
def unsubscribe(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        consumers.unsubscribe(context, asked.path["consumer"], asked.contract, asked.path["major"])
    return nothing()


@router.put("/v1/consumers/{consumer}/subscriptions/{domain}/{name}/{major}/extension")
def extend_subscription(asked: Asked) -> Response:
    return _extend(asked, moment(asked.body["until"]))


@router.delete("/v1/consumers/{consumer}/subscriptions/{domain}/{name}/{major}/extension")
def end_extension(asked: Asked) -> Response:
    return _extend(asked, None)


def _extend(asked: Asked, until: datetime | None) -> Response:
    with asked.registry.unit(asked.actor) as context:
        made = consumers.extend(
            context, asked.path["consumer"], asked.contract, asked.path["major"], until=until
        )
    return answer(views.subscription(made))


@router.put("/v1/consumers/{consumer}/subscriptions/{domain}/{name}/{major}/pin")
def pin_subscription(asked: Asked) -> Response:
    return _pin(asked, asked.body["version"])


@router.delete("/v1/consumers/{consumer}/subscriptions/{domain}/{name}/{major}/pin")
def unpin_subscription(asked: Asked) -> Response:
    return _pin(asked, None)


def _pin(asked: Asked, version: str | None) -> Response:
    with asked.registry.unit(asked.actor) as context:
        made = consumers.pin(
            context, asked.path["consumer"], asked.contract, asked.path["major"], version=version
        )
    return answer(views.subscription(made))


@router.post("/v1/consumers/{name}/keys")
def issue_key(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        issued = consumers.issue_key(
            context,
            asked.path["name"],
            label=asked.body.get("label", ""),
            expires_at=moment(asked.body.get("expires_at")),
        )
    return _issued(issued)


@router.delete("/v1/consumers/{name}/keys/{key}")
def revoke_key(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.credential(consumers.revoke_key(context, asked.path["name"], asked.path["key"])))


@router.post("/v1/consumers/{name}/keys/{key}/rotation")
def rotate_key(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        issued = consumers.rotate_key(
            context, asked.path["name"], asked.path["key"], until=moment((asked.body or {}).get("until"))
        )
    return _issued(issued)


def _issued(issued: IssuedKey) -> Response:
    key = issued.credential
    body = {"key": views.credential(key), "text": issued.text}
    response = created(body, location("consumers", key.consumer, "keys", key.id))
    response.headers["Cache-Control"] = "no-store"
    return response
