"""Where contracts are served, what gateways run from, and what they saw."""

from __future__ import annotations

import time

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, items, nothing, page, unchanged
from registry.api.calls import Asked, Call, moment
from registry.api.contents import served
from registry.api.metrics import REMOVED
from registry.api.reports import batch
from registry.services import bundles, deployments, drift, observations, retention, traffic

router = APIRouter()
_LOOK_EVERY = 1.0  # seconds: how soon a write by another process is noticed


@router.get("/v1/deployments")
def list_deployments(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return items(deployments.browse(context, **asked.query), views.deployment)


@router.put("/v1/deployments/{environment}/{domain}/{name}/{major}")
def deploy(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        made = deployments.put(
            context, asked.contract, asked.path["major"], asked.path["environment"], **asked.body
        )
    return answer(views.deployment(made))


@router.delete("/v1/deployments/{environment}/{domain}/{name}/{major}")
def withdraw(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        deployments.withdraw(context, asked.contract, asked.path["major"], asked.path["environment"])
    return nothing()


@router.get("/v1/bundles/keys")
def get_bundle_keys(asked: Asked) -> Response:
    return answer(asked.registry.signer.public_keys(), headers={"Cache-Control": "public, max-age=300"})


@router.get("/v1/bundles/{environment}")
def get_bundle(asked: Asked) -> Response:
    until = time.monotonic() + asked.query["wait"]
    while True:
        seen = asked.registry.changes.count
        bundle = _current(asked)
        headers = {"ETag": f'"{bundle.id}"', "Cache-Control": "private, no-cache"}
        if not unchanged(asked.request, bundle.id):
            return Response(bundle.jws, media_type="application/jose", headers=headers)
        if not _wait(asked, seen, until):
            return Response(status_code=304, headers=headers)


@router.get("/v1/contents/{digest}")
def get_content(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return served(asked, context, asked.path["digest"], immutable=True)


@router.post("/v1/observations")
def send_observations(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        receipt = observations.ingest(context, batch(asked.body))
        removed = retention.purge(context, asked.registry.settings.retention)
    for kind, number in removed.items():
        REMOVED.labels(kind).inc(number)
    return answer(views.fields(receipt), 200 if receipt.repeated else 202)


@router.get("/v1/shadows")
def list_shadows(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = drift.shadows(context, **{**asked.query, "since": moment(asked.query["since"])})
    return page(asked.request, found, views.shadow)


@router.get("/v1/zombies")
def list_zombies(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = drift.zombies(context, **{**asked.query, "since": moment(asked.query["since"])})
    return items(found, views.zombie)


@router.get("/v1/violations")
def list_violations(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = traffic.violations(context, **asked.query)
    return page(asked.request, found, views.violation)


@router.get("/v1/violations/{id}")
def get_violation(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return answer(views.violation(traffic.violation(context, int(asked.path["id"]))))


@router.put("/v1/violations/{id}/acknowledgement")
def acknowledge_violation(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.violation(traffic.acknowledge(context, int(asked.path["id"]), **asked.body)))


@router.delete("/v1/violations/{id}/acknowledgement")
def reopen_violation(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        return answer(views.violation(traffic.reopen(context, int(asked.path["id"]))))


def _current(asked: Call) -> bundles.Bundle:
    return bundles.current(asked.registry.unit, asked.registry.signer, asked.actor, asked.path["environment"])


def _wait(asked: Call, seen: int, until: float) -> bool:
    """Whether something was written before the time was over, in this process or in another."""
    revision = bundles.revision(asked.registry.unit, asked.actor)
    while (left := until - time.monotonic()) > 0:
        if asked.registry.changes.wait(seen, min(left, _LOOK_EVERY)) != seen:
            return True
        if bundles.revision(asked.registry.unit, asked.actor) != revision:
            return True
    return False
