"""The registry's own state: health, metrics, its contract, and the catalogue as a link set."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registry.api import contract
from registry.api.answers import answer
from registry.api.calls import Asked
from registry.api.problems import plain
from registry.domain.contracts import Contract
from registry.services import contracts

router = APIRouter()
_MOST_LINKS = 1_000


@router.get("/healthz")
def get_health(asked: Asked) -> Response:
    return answer({"status": "ok"})


@router.get("/readyz")
def get_readiness(asked: Asked) -> Response:
    try:
        with asked.registry.unit.read(asked.actor) as context:
            context.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return plain(503, "The database cannot be reached.").response()
    return answer({"status": "ok"})


@router.get("/metrics")
def get_metrics(asked: Asked) -> Response:
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


@router.get("/v1/openapi")
def get_openapi(asked: Asked) -> Response:
    return Response(contract.source(), media_type="application/yaml")


@router.get("/.well-known/api-catalog")
def get_api_catalog(asked: Asked) -> Response:
    """RFC 9727: the catalogue, as a link set of RFC 9264 in JSON."""
    found: list[Contract] = []
    after = None
    with asked.registry.unit.read(asked.actor) as context:
        while len(found) < _MOST_LINKS:
            page = contracts.browse(context, after=after, limit=200)
            found += [one for one in page.items if one.latest is not None]
            after = page.after
            if after is None:
                break
    url = asked.registry.settings.url
    own = {"anchor": url, "service-desc": [{"href": f"{url}/v1/openapi", "type": "application/yaml"}]}
    linkset = {"linkset": [own, *(_links(url, one) for one in found[: _MOST_LINKS - 1])]}
    response = answer(linkset)
    response.headers["Content-Type"] = (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    return response


def _links(url: str, one: Contract) -> dict[str, object]:
    assert one.latest is not None
    home = f"{url}/v1/contracts/{one.identity}"
    return {
        "anchor": home,
        "service-desc": [{"href": f"{home}/versions/{one.latest.version}/content", "title": one.title}],
        "service-doc": [{"href": f"{url}/contracts/{one.identity}", "type": "text/html"}],
    }
