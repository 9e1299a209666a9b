"""Versions: publish, read, deprecate, retire."""

from __future__ import annotations

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, created, location, page
from registry.api.calls import Asked, moment
from registry.api.contents import served
from registry.api.proposals import Proposed
from registry.domain.errors import NotFound, Refused
from registry.services import drift, lifecycle, publishing, versions

router = APIRouter()


@router.get("/v1/contracts/{domain}/{name}/versions")
def list_versions(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = versions.browse(
            context, asked.contract, after=asked.query["after"], limit=asked.query["limit"]
        )
    return page(asked.request, found, views.summary)


@router.post("/v1/contracts/{domain}/{name}/versions")
def publish_version(asked: Asked, proposal: Proposed) -> Response:
    made = publishing.publish(asked.registry, asked.actor, proposal)
    if made.version is None:
        assert made.run is not None
        failing = [check["reason"] for check in made.run.checks if check["outcome"] != "pass"]
        raise Refused(
            "gate-refused",
            " ".join(["The gate says no.", *failing[:3]]),
            "The gate run has every reason.",
            details={"gate_run": views.gate_run(made.run)},
        )
    body = {
        "status": made.status,
        "version": views.version(made.version),
        "gate_run": None if made.run is None else views.gate_run_summary(made.run),
    }
    if made.status == "unchanged":
        return answer(body)
    return created(
        body, location("contracts", *made.version.contract.split("/"), "versions", made.version.version)
    )


@router.get("/v1/contracts/{domain}/{name}/versions/{version}")
def get_version(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return answer(views.version(versions.get(context, asked.contract, asked.path["version"])))


@router.get("/v1/contracts/{domain}/{name}/versions/{version}/drift")
def get_drift(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = drift.drift(
            context,
            asked.contract,
            asked.path["version"],
            environment=asked.query["environment"],
            since=moment(asked.query["since"]),
        )
    return answer(views.drift(found))


@router.get("/v1/contracts/{domain}/{name}/versions/{version}/content")
def get_version_content(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        version = versions.get(context, asked.contract, asked.path["version"])
        name = asked.query["file"] or version.root
        if name not in version.files:
            raise NotFound(
                "no-such-file", f"{version.reference} has no file {name[:200]!r}.", "The version lists them."
            )
        # What `latest` is may change, so only the digest's own address may be kept for ever.
        return served(asked, context, version.files[name], immutable=False)


@router.post("/v1/contracts/{domain}/{name}/versions/{version}/publication")
def publish_draft(asked: Asked) -> Response:
    made = publishing.promote(asked.registry, asked.actor, asked.contract, asked.path["version"])
    if made.version is None:
        assert made.run is not None
        raise Refused(
            "gate-refused",
            "The gate says no.",
            "The gate run has every reason.",
            details={"gate_run": views.gate_run(made.run)},
        )
    return answer(views.version(made.version))


@router.put("/v1/contracts/{domain}/{name}/versions/{version}/deprecation")
def deprecate_version(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        version = lifecycle.deprecate(
            context,
            asked.contract,
            asked.path["version"],
            sunset_at=moment(asked.body.get("sunset_at")),
            replacement=asked.body.get("replacement"),
            deprecated_at=moment(asked.body.get("deprecated_at")),
        )
    return answer(views.version(version))


@router.put("/v1/contracts/{domain}/{name}/versions/{version}/retirement")
def retire_version(asked: Asked) -> Response:
    with asked.registry.unit(asked.actor) as context:
        version = lifecycle.retire(context, asked.contract, asked.path["version"], **asked.body)
    return answer(views.version(version))
