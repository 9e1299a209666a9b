"""Keys of issuers: fetched before they are needed, fetched anew when a token names one that is not known.

An issuer that is away changes nothing for a day; without its keys nothing that it signed is believed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from gateway.callers.trust import Issuer

from .fetching import Unreachable, fetch

FRESH = 300.0
"""Seconds after which keys are fetched again."""
STALE = 24 * 3600.0
"""Seconds for which they count although their issuer is away."""
PAUSE = 5.0
"""Seconds between two attempts, however many tokens name unknown keys."""
_MOST_KEYS = 100
_TIMEOUT = 3.0
_KINDS = ("RSA", "EC", "OKP")


class IssuerSource:
    """The keys of one issuer, as they were last seen. `now` is a clock that does not go back."""

    def __init__(self, issuer: Issuer, http: httpx.AsyncClient, now: Callable[[], float]) -> None:
        self.issuer = issuer
        self.keys: KeySet | None = None
        self.problem = ""
        self.failures = 0
        self._http = http
        self._now = now
        self._fetched = float("-inf")
        self._tried = float("-inf")

    @property
    def due(self) -> bool:
        """Whether it is time to ask again; after a failure sooner."""
        now = self._now()
        return now - self._tried >= PAUSE and (now - self._fetched >= FRESH or bool(self.problem))

    def knows(self, key_id: str) -> bool:
        return self.keys is not None and any(key.kid == key_id for key in self.keys.keys)

    async def refresh(self) -> None:
        """Asks for the keys, unless that was just tried; keeps what there is where the issuer is away."""
        now = self._now()
        if now - self._tried < PAUSE:
            return
        self._tried = now
        try:
            self.keys = keys_of(await fetch(self._http, await self._address(), timeout=_TIMEOUT))
        except Unreachable as error:
            self.problem = str(error)
            self.failures += 1
            if now - self._fetched >= STALE:
                self.keys = None
        else:
            self.problem = ""
            self._fetched = now

    async def _address(self) -> str:
        """Where the keys are: as configured, or as the issuer's metadata says (OpenID Connect Discovery, section 4)."""
        if self.issuer.keys:
            return self.issuer.keys
        base = self.issuer.issuer
        known = await fetch(
            self._http, base.rstrip("/") + "/.well-known/openid-configuration", timeout=_TIMEOUT
        )
        if known.get("issuer") != base:
            raise Unreachable("its metadata names another issuer")
        address = known.get("jwks_uri")
        if not isinstance(address, str) or not address.startswith(base.partition("//")[0] + "//"):
            raise Unreachable("its metadata names no usable jwks_uri")
        return address


def keys_of(value: dict[str, Any]) -> KeySet:
    """The public keys of a key set (RFC 7517 section 5); those of a kind that is not known are left out.

    Raises `Unreachable` where nothing usable is in it.
    """
    held = value.get("keys")
    found = []
    for entry in held[:_MOST_KEYS] if isinstance(held, list) else ():
        if not isinstance(entry, dict) or entry.get("kty") not in _KINDS:
            continue
        try:
            found.append(JWKRegistry.import_key(entry))
        except (JoseError, ValueError, TypeError):
            continue
    if not found:
        raise Unreachable("its key set holds no usable key")
    return KeySet(found)
