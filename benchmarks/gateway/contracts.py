"""As many contracts as a house has: each with forty operations and schemas of its own."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
from joserfc import jws
from joserfc.jwk import OKPKey

from gateway.bundle.manifest import Manifest

from .serve import manifest, orders

_KINDS = ("orders", "shipments", "returns", "invoices", "stocks")


def contract(number: int, revision: int = 0) -> bytes:
    """One contract: five collections with their items, lines and events, forty operations in all."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Money": _object(amount=_text("^[0-9]{1,12}$"), currency=_text("^[A-Z]{3}$"))}
    for kind in _KINDS:
        name = f"{kind.title()}{number}"
        schemas[name] = _schema(name, revision)
        schemas[f"{name}Line"] = _object(
            lineNumber={"type": "integer", "minimum": 1},
            gtin=_text("^[0-9]{14}$"),
            quantity={"type": "number", "exclusiveMinimum": 0},
            price={"$ref": "#/components/schemas/Money"},
        )
        one = {"$ref": f"#/components/schemas/{name}"}
        line = {"$ref": f"#/components/schemas/{name}Line"}
        item = {"name": "id", "in": "path", "required": True, "schema": _text("^[A-Z]{2}-[0-9]{4,12}$")}
        limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 500}}
        paths[f"/{kind}"] = {"get": _read(_list(one), limit), "post": _write(one)}
        paths[f"/{kind}/{{id}}"] = {
            "parameters": [item],
            "get": _read(one),
            "put": _write(one),
            "delete": _gone(),
        }
        paths[f"/{kind}/{{id}}/lines"] = {
            "parameters": [item],
            "get": _read(_list(line)),
            "post": _write(line),
        }
        paths[f"/{kind}/{{id}}/events"] = {"parameters": [item], "get": _read(_list(one), limit)}
    return orjson.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": f"API {number}", "version": f"1.0.{revision}"},
            "paths": paths,
            "components": {"schemas": schemas},
        }
    )


def _schema(name: str, revision: int) -> dict[str, Any]:
    address = _object(
        street={"type": "string", "maxLength": 200}, countryCode=_text("^[A-Z]{2}$"), gln=_text("^[0-9]{13}$")
    )
    found = _object(
        id=_text("^[A-Z]{2}-[0-9]{4,12}$"),
        orderedAt={"type": "string", "format": "date-time"},
        state={"enum": ["open", "released", "shipped", "closed"]},
        shipTo=address,
        billTo=address,
        lines={"type": "array", "minItems": 1, "items": {"$ref": f"#/components/schemas/{name}Line"}},
        total={"$ref": "#/components/schemas/Money"},
        revision={"const": revision},
    )
    found["required"] = ["id", "orderedAt", "lines"]
    return found


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


def _list(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "maxItems": 500, "items": schema}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _read(schema: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    return {"parameters": list(parameters), "responses": {"200": {"description": "d"} | _content(schema)}}


def _write(schema: dict[str, Any]) -> dict[str, Any]:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "minLength": 8},
    }
    return _read(schema, key) | {"requestBody": {"required": True} | _content(schema)}


def _gone() -> dict[str, Any]:
    return {"responses": {"204": {"description": "d"}}}


def prepare(folder: Path, count: int, upstream: int, revisions: int = 2) -> None:
    """Writes bundles as a registry would serve them: `0.jws`, `1.jws` …, `keys.json` and `contents/`.

    Besides the orders of the other figures each holds so many contracts, and all of these differ from bundle to bundle.
    """
    contents = folder / "contents"
    contents.mkdir(parents=True)
    key = OKPKey.generate_key("Ed25519", {"kid": "bench"})
    (folder / "keys.json").write_bytes(orjson.dumps({"keys": [key.as_dict(private=False)]}))
    orders_content, orders_digest = orders()
    (contents / orders_digest).write_bytes(orders_content)
    held = manifest(upstream, orders_digest)
    for revision in range(revisions):
        listed = [*held.contracts]
        for number in range(count):
            content = contract(number, revision)
            digest = "sha256:" + hashlib.sha256(content).hexdigest()
            (contents / digest).write_bytes(content)
            listed.append(_entry(number, revision, digest, upstream))
        (folder / f"{revision}.jws").write_text(
            _signed(replace(held, contracts=tuple(listed)), revision, key)
        )


def _entry(number: int, revision: int, digest: str, upstream: int) -> dict[str, Any]:
    return {
        "contract": f"domain-{number % 20}/api-{number}",
        "version": f"1.0.{revision}",
        "state": "published",
        "root": "api.json",
        "files": {"api.json": digest},
        "base_path": f"/domain-{number % 20}/api-{number}/v1",
        "upstreams": [f"http://127.0.0.1:{upstream}"],
        "modes": {"request": "enforce", "response": "enforce"},
        "access": "key",
    }


def _signed(held: Manifest, revision: int, key: OKPKey) -> str:
    payload = {
        "format": "lading-bundle/1",
        "id": f"sha256:{revision:064x}",
        "environment": "default",
        "serial": revision + 1,
        "created_at": "2026-01-31T12:00:00Z",
        "contracts": held.contracts,
        "consumers": held.consumers,
        "plans": held.plans,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # joserfc would rather have RFC 9864's name for the algorithm
        return jws.serialize_compact(
            {"alg": "EdDSA", "kid": "bench"}, orjson.dumps(payload), key, algorithms=["EdDSA"]
        )
