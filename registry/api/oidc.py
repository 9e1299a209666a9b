"""OpenID Connect: authorization code with PKCE, state and nonce; the id token checked against the issuer's keys.

OpenID Connect Core 1.0 §3.1, OAuth 2.0 Security Best Current Practice (RFC 9700).
"""

from __future__ import annotations

import json
import secrets
import time
import warnings
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.deprecate import AuthlibDeprecationWarning
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from registry.domain.errors import Unauthenticated
from registry.services.registry import Oidc
from registry.services.signing import Signer

with warnings.catch_warnings():
    # Authlib announces another HTTP library for its next major version; the lock file pins this one.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import OAuth2Client

_PENDING = "lading-sign-in+jws"
_LASTS = 600  # seconds between leaving for the issuer and coming back
_TIMEOUT = 10.0
_ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "Ed25519", "EdDSA"]


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send the browser, and the cookie value that proves on return that it left from here."""

    url: str
    pending: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Whom the issuer vouches for."""

    issuer: str
    subject: str
    email: str | None
    email_verified: bool
    name: str
    next: str


class Issuer:
    """One configured issuer; its metadata is fetched at the first sign-in and kept."""

    def __init__(self, settings: Oidc, signer: Signer, callback: str) -> None:
        self._settings = settings
        self._signer = signer
        self._callback = callback
        self._metadata: dict[str, Any] | None = None

    def depart(self, after: str) -> Departure:
        """`after` is the local path to come back to. Raises `Unauthenticated` where the issuer is away."""
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        with self._client() as client:
            url, state = client.create_authorization_url(
                self._discovered()["authorization_endpoint"], code_verifier=verifier, nonce=nonce
            )
        pending = {
            "state": state,
            "nonce": nonce,
            "verifier": verifier,
            "next": after,
            "at": int(time.time()),
        }
        return Departure(url, self._signer.sign(json.dumps(pending).encode(), _PENDING))

    def arrive(self, pending: str, returned: str) -> Arrival:
        """`returned` is the whole address that the browser came back to. Raises `Unauthenticated`."""
        left = self._pending(pending)
        metadata = self._discovered()
        try:
            with self._client() as client:
                token = client.fetch_token(
                    metadata["token_endpoint"],
                    authorization_response=returned,
                    state=left["state"],
                    code_verifier=left["verifier"],
                )
            keys = httpx.get(metadata["jwks_uri"], timeout=_TIMEOUT)
            keys.raise_for_status()
            claims = self._claims(token["id_token"], keys.json(), left["nonce"])
        except (AuthlibBaseError, httpx.HTTPError, JoseError, KeyError, ValueError) as error:
            raise Unauthenticated(
                "sign-in-failed",
                f"The sign-in service's answer does not hold: {type(error).__name__}.",
                "Try again; if it stays, an admin should look at the issuer's settings.",
            ) from error
        return Arrival(
            claims["iss"],
            claims["sub"],
            claims.get("email"),
            claims.get("email_verified") is True,
            str(claims.get("name") or claims.get("preferred_username") or ""),
            left["next"],
        )

    def _claims(self, id_token: str, keys: Any, nonce: str) -> dict[str, Any]:
        token = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=_ALGORITHMS)
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": self._discovered()["issuer"]},
            aud={"essential": True, "value": self._settings.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(token.claims)
        return dict(token.claims)

    def _pending(self, text: str) -> dict[str, Any]:
        payload = self._signer.verify(text, _PENDING)
        left = json.loads(payload) if payload else None
        if left is None or left["at"] + _LASTS < time.time():
            raise Unauthenticated(
                "sign-in-expired", "This sign-in was not begun here, or took too long.", "Begin again."
            )
        return dict(left)

    def _discovered(self) -> dict[str, Any]:
        if self._metadata is None:
            address = self._settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
            try:
                answer = httpx.get(address, timeout=_TIMEOUT)
                answer.raise_for_status()
                found = dict(answer.json())
                needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                if found["issuer"].rstrip("/") != self._settings.issuer.rstrip("/") or not all(
                    found.get(key) for key in needed
                ):
                    raise ValueError("it describes another issuer, or not enough of itself")
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                raise Unauthenticated(
                    "issuer-away",
                    f"The sign-in service {self._settings.issuer} does not answer as it should.",
                    "Try again later, or use a sign-in link.",
                ) from error
            self._metadata = found
        return self._metadata

    def _client(self) -> OAuth2Client:
        return OAuth2Client(  # type: ignore[no-untyped-call]
            self._settings.client_id,
            self._settings.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self._settings.client_secret else "none",
            scope="openid email profile",
            redirect_uri=self._callback,
            code_challenge_method="S256",
            timeout=_TIMEOUT,
        )
