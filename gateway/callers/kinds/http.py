"""`http`: the schemes Bearer and Basic; any other cannot be evaluated."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from contracts.model import SecurityScheme
from gateway.callers import bearer, keys
from gateway.callers.evidence import Password
from gateway.callers.outcomes import Call, Denied, Outcome, Proved, Wanting

from . import api_key
from .oauth2 import serving

TYPE = "http"
_LONGEST = 1024


def check(scheme: SecurityScheme, scopes: tuple[str, ...], call: Call) -> Outcome:
    """Who sends a bearer token or a password that is known."""
    word = (scheme.scheme or "").lower()
    if word == "bearer":
        token = bearer.token_of(call)
        if token is not None and token.encode("latin-1").startswith(keys.PREFIX):
            return _key(scheme.name, token.encode("latin-1"), call)
        return bearer.check(scheme.name, scopes, call, issuers=serving(scheme.name, call))
    if word == "basic":
        return _basic(scheme.name, call)
    return Denied(
        scheme.name, "scheme-not-evaluated", f"HTTP authentication by {word or 'no scheme'} is not known here", 503,
        presented=False,
    )  # fmt: skip


def _key(name: str, token: bytes, call: Call) -> Outcome:
    found = api_key.identified(token, call)
    if isinstance(found, Denied):
        return Denied(name, found.code, found.message, found.status, challenge='Bearer error="invalid_token"')
    return Proved(name, found[0], found[1], bearer.CARRIED)


def _basic(name: str, call: Call) -> Outcome:
    """RFC 7617; the password is hashed at the edge, as that takes long."""
    word, _, rest = call.request.fields.get(b"authorization", b"").partition(b" ")
    challenge = 'Basic realm="lading", charset="UTF-8"'
    if word.lower() != b"basic":
        return Denied(
            name, "no-password", "a user and a password are needed", presented=False, challenge=challenge
        )
    if not call.trust.passwords:
        return Denied(name, "scheme-not-evaluated", "the gateway knows no passwords", 503)
    wrong = Denied(name, "wrong-password", "the user or the password is wrong", challenge=challenge)
    try:
        user, colon, password = base64.b64decode(rest.strip(), validate=True).partition(b":")
        known = user.decode()
    except (binascii.Error, UnicodeDecodeError):
        return wrong
    if not colon or len(password) > _LONGEST or len(user) > _LONGEST:
        return wrong
    # Users that do not exist take as long as others.
    stored = call.trust.passwords.get(known) or next(iter(call.trust.passwords.values()))
    digest = hmac.digest(call.evidence.pepper or b"\0", b"%s:%s" % (user, password), hashlib.sha256)
    fits = call.evidence.passwords.get(digest)
    if fits is None:
        return Wanting(name, Password(digest, password, stored))
    if not fits or known not in call.trust.passwords:
        return wrong
    return Proved(name, f"user {known}", call.consumer(known), bearer.CARRIED)
