"""The signature of a bundle: a compact JWS (RFC 7515) with EdDSA (RFC 8037)."""

from __future__ import annotations

import warnings
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import KeySet

from gateway.malformed import Malformed

ALGORITHM = "EdDSA"
MOST = 64 * 1024 * 1024
"""Bytes of a manifest; joserfc's own bound of 128 KB is that of a few hundred contracts."""
_REGISTRY = jws.JWSRegistry(algorithms=[ALGORITHM])
_REGISTRY.max_payload_length = MOST * 4 // 3


def verified(token: bytes, keys: dict[str, Any]) -> bytes:
    """The payload of a token that one of the keys (a JWKS, RFC 7517) has signed.

    Raises `Malformed` for any other token. The algorithm is pinned; the token has no say in it.
    """
    try:
        with warnings.catch_warnings():
            # joserfc would rather have Ed25519, RFC 9864's name for what is the same signature.
            warnings.simplefilter("ignore", SecurityWarning)
            held = jws.deserialize_compact(
                token.strip(), KeySet.import_key_set({"keys": keys["keys"]}), registry=_REGISTRY
            )
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Malformed(
            f"the bundle's signature does not hold ({type(error).__name__})", "signature"
        ) from None
    return held.payload
