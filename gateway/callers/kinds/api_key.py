"""`apiKey`: a key of the registry or of the operator's own, or a signature where the operator says so."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl

from contracts.model import SecurityScheme
from gateway.callers import keys, signatures
from gateway.callers.outcomes import Call, Denied, Outcome, Proved
from gateway.snapshot.contract import Consumer

TYPE = "apiKey"
_COOKIE = re.compile(r"\s*;\s*")
_LONGEST = 4096
_FIELDS = 1000


def check(scheme: SecurityScheme, scopes: tuple[str, ...], call: Call) -> Outcome:
    """Who sends a known key where the scheme says that it travels."""
    how = call.trust.signatures.get(scheme.name)
    if how is not None:
        return signatures.check(scheme.name, how, call)
    where, name = scheme.location or "", scheme.parameter or ""
    given = _given(where, name, call)
    if not given:
        return Denied(
            scheme.name, "no-key", f"an API key is needed as {name} in the {where}", presented=False
        )
    if len(given) > 1:
        return Denied(scheme.name, "unknown-key", f"there are several {name} in the {where}")
    found = identified(given[0], call)
    if isinstance(found, Denied):
        return Denied(scheme.name, found.code, found.message, found.status)
    return Proved(scheme.name, found[0], found[1], (where, name))


def identified(key: bytes, call: Call) -> tuple[str, Consumer | None] | Denied:
    """Subject and consumer of a key, or why it is not known."""
    if key.startswith(keys.PREFIX):
        held = keys.identify(key, call.keys, call.now)
        if isinstance(held, Consumer):
            return f"consumer {held.id}", held
        if held is keys.EXPIRED_KEY:
            return Denied("", "expired-key", "the API key has expired")
    if len(key) <= _LONGEST and call.trust.digests:
        # Found by its digest: how far a digest fits says nothing about the key.
        name = call.trust.digests.get(hashlib.sha256(key).digest())
        if name is not None:
            return f"consumer {name}", call.consumer(name)
    if not call.keys and not call.trust.digests:
        return Denied(
            "", "scheme-not-evaluated", "the gateway knows no API keys, so none can be checked", 503
        )
    return Denied("", "unknown-key", "the API key is not known")


def _given(where: str, name: str, call: Call) -> list[bytes]:
    """The values under a name; an empty one is none."""
    request = call.request
    if where == "header":
        value = request.fields.get(name.lower().encode("latin-1", "replace"))
        found = [value] if value is not None else []
    elif where == "query":
        try:
            pairs = parse_qsl(request.query.decode("latin-1"), max_num_fields=_FIELDS)
        except ValueError:
            return []
        found = [value.encode() for held, value in pairs if held == name]
    elif where == "cookie":
        cookies = _COOKIE.split(request.fields.get(b"cookie", b"").decode("latin-1"))
        found = [
            value.encode("latin-1") for held, _, value in (part.partition("=") for part in cookies) if held == name
        ]  # fmt: skip
    else:
        found = []
    return [value for value in found if value]
