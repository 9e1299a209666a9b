"""An issuer, its tokens, and calls with credentials, for the tests of who calls."""

from __future__ import annotations

from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from contracts.elements.common import Origin
from contracts.model import SecurityScheme
from gateway.callers.evidence import Evidence
from gateway.callers.outcomes import Call
from gateway.callers.trust import Issuer, Trust
from gateway.snapshot.contract import Consumer
from gateway.verdicts import Header, Request

ISSUER = "https://issuer.example"
NOW = 1_800_000_000.0
ACME = Consumer("c1", "acme-wms", {})
CONSUMERS = {"c1": ACME, "acme-wms": ACME}
TRUSTED = Trust(issuers={ISSUER: Issuer(ISSUER, ("orders",))})


@cache
def rsa(kid: str = "one") -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid})


@cache
def curve(kid: str = "two") -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid})


def public(*keys: RSAKey | ECKey) -> KeySet:
    return KeySet.import_key_set({"keys": [key.as_dict(private=False) for key in keys]})  # type: ignore[arg-type]


def claims(**changes: Any) -> dict[str, Any]:
    """Good claims; None leaves one out."""
    usual = {
        "iss": ISSUER, "aud": "orders", "sub": "s", "client_id": "acme-wms", "scope": "read write",
        "iat": NOW - 10, "exp": NOW + 60,
    }  # fmt: skip
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def token(
    key: RSAKey | ECKey | OctKey | None = None,
    alg: str = "RS256",
    header: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    key = key or rsa()
    head = {"alg": alg, "typ": "at+jwt", "kid": key.kid, **(header or {})}
    head = {name: value for name, value in head.items() if value is not None}
    return jwt.encode(head, claims(**changes), key, algorithms=[alg])


def known(trust: Trust = TRUSTED, *keys: RSAKey | ECKey) -> Evidence:
    evidence = Evidence(trust, pepper=b"p" * 32)
    if keys:
        evidence.keys[ISSUER] = public(*keys)
    return evidence


def call(
    headers: list[Header] | None = None,
    evidence: Evidence | None = None,
    *,
    query: bytes = b"",
    body: bytes = b"",
    peer: str = "192.0.2.1",
    **options: Any,
) -> Call:
    evidence = evidence if evidence is not None else known(TRUSTED, rsa())
    request = Request("POST", b"/orders", query, headers, body, peer=peer)
    return Call(request, NOW, evidence.trust, evidence, consumers=CONSUMERS, **options)


def bearer(text: str) -> list[Header]:
    return [(b"authorization", b"Bearer " + text.encode())]


def scheme(type: str, name: str = "it", **facts: Any) -> SecurityScheme:
    usual: dict[str, Any] = {
        "location": None, "parameter": None, "scheme": None, "bearer_format": None, "flows": {},
        "openid_connect_url": None, "origin": Origin("a.yaml", ()), "raw": {},
    }  # fmt: skip
    return SecurityScheme(name=name, type=type, **{**usual, **facts})
