"""Bearer tokens (RFC 6750): verified by the issuer's keys, or by what the issuer says of them.

A token's header has no say: the issuer's configuration names the algorithms, and the key is one of that
issuer's public keys (RFC 8725). A token that is bound to a certificate counts only with it (RFC 8705).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.util import urlsafe_b64decode

from .certificates import Certificate
from .evidence import IssuerKeys, TokenState
from .outcomes import Call, Denied, Outcome, Proved, Wanting
from .trust import Introspection, Issuer

_LONGEST = 16 * 1024
_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
_KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
CARRIED = ("header", "authorization")


def token_of(call: Call) -> str | None:
    """The token of an Authorization field of the scheme Bearer."""
    word, _, rest = call.request.fields.get(b"authorization", b"").decode("latin-1").partition(" ")
    return rest.strip() if word.lower() == "bearer" else None


def check(scheme: str, scopes: Iterable[str], call: Call, *, issuers: Mapping[str, Issuer]) -> Outcome:
    """Who sends a token that one of the issuers, or introspection, vouches for, with all of the scopes."""
    token = token_of(call)
    if token is None:
        return Denied(scheme, "no-token", "a bearer token is needed", presented=False, challenge="Bearer")
    if not token or len(token) > _LONGEST or not token.isascii():
        return _invalid(scheme, "the bearer token is empty, too long, or not ASCII")
    found = _claims(scheme, token, call, issuers)
    if not isinstance(found, Mapping):
        return found
    bound = _binding(scheme, found, call)
    if bound is not None:
        return bound
    missing = [scope for scope in scopes if scope not in scopes_of(found)]
    if missing:
        wanted = " ".join(missing)
        return Denied(
            scheme, "insufficient-scope", f"the token lacks the scope {wanted}", 403,
            challenge=f'Bearer error="insufficient_scope", scope="{_quoted(wanted)}"',
        )  # fmt: skip
    issuer = issuers.get(str(found.get("iss", "")))
    return _proved(scheme, found, call, issuer.client if issuer is not None else ("client_id", "azp"))


def scopes_of(claims: Mapping[str, Any]) -> frozenset[str]:
    """What a token allows: `scope` (RFC 9068, RFC 7662), or `scp` as some issuers write it."""
    held: set[str] = set()
    for name in ("scope", "scp"):
        value = claims.get(name)
        if isinstance(value, str):
            held.update(value.split())
        elif isinstance(value, list):
            held.update(item for item in value if isinstance(item, str))
    return frozenset(held)


def _proved(scheme: str, claims: Mapping[str, Any], call: Call, names: Iterable[str]) -> Proved:
    client = next((value for name in names if isinstance(value := claims.get(name), str) and value), None)
    subject = client or str(claims.get("sub", ""))
    known = call.trust.clients.get(client, client) if client else None
    return Proved(scheme, f"{claims.get('iss', '')} {subject}"[:300], call.consumer(known), CARRIED)


def _claims(
    scheme: str, token: str, call: Call, issuers: Mapping[str, Issuer]
) -> Mapping[str, Any] | Denied | Wanting:
    parts = _parts(token)
    if parts is not None:
        header, claims = parts
        issuer = issuers.get(claims["iss"]) if isinstance(claims.get("iss"), str) else None
        if issuer is not None:
            return _verified(scheme, token, header, issuer, call)
    if call.trust.introspection is not None:
        return _introspected(scheme, token, call.trust.introspection, call)
    if not issuers:
        return Denied(
            scheme, "scheme-not-evaluated",
            f"the gateway trusts no issuer for the scheme {scheme}, so its tokens cannot be checked", 503,
        )  # fmt: skip
    return _invalid(scheme, "the token is not a JWT of an issuer that is trusted here")


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Header and claims of a compact JWS, unverified; None for any other text."""
    pieces = token.split(".")
    if len(pieces) != 3:
        return None
    try:
        header, claims = (orjson.loads(urlsafe_b64decode(piece.encode())) for piece in pieces[:2])
    except ValueError:
        return None
    return (header, claims) if isinstance(header, dict) and isinstance(claims, dict) else None


def _verified(
    scheme: str, token: str, header: dict[str, Any], issuer: Issuer, call: Call
) -> Mapping[str, Any] | Denied | Wanting:
    algorithm, key_id = header.get("alg"), header.get("kid")
    if algorithm not in issuer.algorithms:
        return _invalid(scheme, "the token is signed by an algorithm that is not allowed")
    kind = header.get("typ")
    if (kind.lower() if isinstance(kind, str) else kind) not in _TYPES:
        return _invalid(scheme, "the token is of a type that is no access token")
    keys: KeySet | None = call.evidence.keys.get(issuer.issuer)
    if keys is None:
        return Wanting(scheme, IssuerKeys(issuer.issuer))
    fitting = [
        key
        for key in keys.keys
        if (key_id is None or key.kid == key_id)
        and key.key_type == _KEY_TYPES[str(algorithm)[:2]]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    ]
    if len(fitting) != 1:
        if key_id is not None and not fitting and not call.final:
            return Wanting(scheme, IssuerKeys(issuer.issuer, str(key_id)[:200]))
        return _invalid(scheme, "the token names no key of its issuer")
    try:
        signed = jws.deserialize_compact(token, fitting[0], algorithms=[str(algorithm)])
        claims = orjson.loads(signed.payload)
    except (JoseError, ValueError):
        return _invalid(scheme, "the token's signature is wrong")
    wrong = _wrong(claims, issuer.issuer, issuer.audience, issuer.skew, call.now, must_end=True)
    return _invalid(scheme, wrong) if wrong else claims


def _wrong(
    claims: Any, issuer: str, audience: tuple[str, ...], skew: float, now: float, *, must_end: bool
) -> str:
    """What is wrong with verified claims (RFC 7519 section 4.1), or nothing."""
    if not isinstance(claims, dict) or (issuer and claims.get("iss", issuer) != issuer):
        return "the token is of another issuer"
    given = claims.get("aud")
    named = given if isinstance(given, list) else [given]
    if audience and not any(value in audience for value in named if isinstance(value, str)):
        return "the token is for another audience"
    for name in ("exp", "nbf", "iat"):
        value = claims.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            return f"the token's {name} is not a number"
    end = claims.get("exp")
    if end is None and must_end:
        return "the token has no end"
    if end is not None and end + skew <= now:
        return "the token has expired"
    if max(claims.get("nbf") or 0, claims.get("iat") or 0) - skew > now:
        return "the token is not valid yet"
    return ""


def _introspected(
    scheme: str, token: str, server: Introspection, call: Call
) -> Mapping[str, Any] | Denied | Wanting:
    digest = hashlib.sha256(token.encode()).digest()
    held = call.evidence.tokens.get(digest)
    if held is None or held.until <= call.now:
        return Wanting(scheme, TokenState(digest, token))
    if held.claims is None:
        return _invalid(scheme, "the authorization server says that the token is not active")
    wrong = _wrong(held.claims, server.issuer, server.audience, 0, call.now, must_end=False)
    return _invalid(scheme, wrong) if wrong else held.claims


def _binding(scheme: str, claims: Mapping[str, Any], call: Call) -> Denied | None:
    """Refuses a bound token that comes without what it is bound to."""
    bound = claims.get("cnf")
    if bound is None:
        return None
    if not isinstance(bound, dict) or set(bound) != {"x5t#S256"}:
        return _invalid(scheme, "the token is bound in a way that cannot be checked here")
    held = call.certificate
    if isinstance(held, Certificate) and hmac.compare_digest(
        held.confirmation.encode(), str(bound["x5t#S256"]).encode()
    ):
        return None
    return _invalid(scheme, "the token is bound to a certificate that was not presented")


def _invalid(scheme: str, message: str) -> Denied:
    return Denied(scheme, "invalid-token", message, challenge='Bearer error="invalid_token"')


def _quoted(text: str) -> str:
    return "".join(char for char in text if " " <= char <= "~" and char not in '"\\')
