"""API keys: found by their prefix, compared in constant time, never kept.

A key's text is `lk_<id>_<secret>`. Its secret has 256 bits of randomness, so a plain SHA-256 of the text is
enough to store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Literal

from gateway.snapshot.contract import Consumer, Key

PREFIX = b"lk_"
_LENGTH = 200
_ID = slice(3, 11)
_UNKNOWN = sha256(b"no such key").digest()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a caller is not known."""

    reason: Literal["no-key", "unknown-key", "expired-key"]


NO_KEY = Unknown("no-key")
UNKNOWN_KEY = Unknown("unknown-key")
EXPIRED_KEY = Unknown("expired-key")


def presented(headers: Mapping[bytes, bytes]) -> bytes | None:
    """The key that a request carries: `X-API-Key`, or a bearer token that begins as our keys do."""
    key = headers.get(b"x-api-key")
    if key is not None:
        return key
    authorization = headers.get(b"authorization")
    if authorization is not None and authorization[:7].lower() == b"bearer ":
        token = authorization[7:].strip()
        if token.startswith(PREFIX):
            return token
    return None


def identify(key: bytes | None, keys: Mapping[str, Key], now: float) -> Consumer | Unknown:
    """Whose key it is at the time `now` (seconds since 1970)."""
    if key is None:
        return NO_KEY
    if len(key) > _LENGTH or not key.startswith(PREFIX) or key[11:12] != b"_":
        return UNKNOWN_KEY
    held = keys.get(key[_ID].decode("latin-1"))
    # The comparison is made for unknown ids too, so that they answer no sooner than known ones.
    same = compare_digest(sha256(key).digest(), held.digest if held is not None else _UNKNOWN)
    if held is None or not same:
        return UNKNOWN_KEY
    if held.expires_at is not None and held.expires_at <= now:
        return EXPIRED_KEY
    return held.consumer
