"""Credentials that a contract's `security` asks for: whether they are there, in their form.

Whether they are genuine is not known here. This serves the proxy that runs from one file, without a registry.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from contracts.model import SecurityRequirement, SecurityScheme
from gateway.verdicts import Fault

_COOKIE = re.compile(r"\s*;\s*")
_DIGEST_FIELDS = ("username", "realm", "nonce", "uri", "response")


def missing(
    security: tuple[SecurityRequirement, ...] | None,
    schemes: Mapping[str, SecurityScheme],
    headers: Mapping[bytes, bytes],
    query: bytes,
    *,
    form: bool = True,
) -> tuple[Fault, ...]:
    """What the caller does not present (or, with `form`, not in its form); empty where one of the alternatives is there in full.

    A scheme that is not declared, or of a kind that is not known, cannot be met ("Security Requirement Object":
    all schemes of one requirement, any requirement of the list, `{}` lets anyone in).
    """
    if not security or any(not requirement for requirement in security):
        return ()
    faults: list[Fault] = []
    for requirement in security:
        found = [_absent(name, schemes.get(name), headers, query, form) for name in requirement]
        told = [text for text in found if text is not None]
        if not told:
            return ()
        faults.extend(
            Fault("security", f"/{name}", text, "credential")
            for name, text in zip(requirement, found, strict=True)
            if text
        )
    return tuple(faults)


def _absent(
    name: str, scheme: SecurityScheme | None, headers: Mapping[bytes, bytes], query: bytes, form: bool
) -> str | None:
    if scheme is None:
        return f"the contract asks for {name} and does not declare it"
    if scheme.type == "apiKey":
        return _key(scheme, headers, query)
    if scheme.type == "http":
        return _http((scheme.scheme or "").lower(), headers, form)
    if scheme.type in ("oauth2", "openIdConnect"):
        return _http("bearer", headers, form)
    return None if scheme.type == "mutualTLS" else f"{name} is of a kind that cannot be checked"


def _key(scheme: SecurityScheme, headers: Mapping[bytes, bytes], query: bytes) -> str | None:
    name = scheme.parameter or ""
    where = scheme.location
    if where == "header":
        present = headers.get(name.lower().encode("latin-1", "replace"))
    elif where == "query":
        present = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)).get(name, "").encode()
    else:
        cookies = headers.get(b"cookie", b"").decode("latin-1")
        pairs = dict(part.partition("=")[::2] for part in _COOKIE.split(cookies))
        present = pairs.get(name, "").encode("latin-1")
    return None if present else f"an API key named {name} is missing in the {where}"


def _http(wanted: str, headers: Mapping[bytes, bytes], form: bool) -> str | None:
    given = headers.get(b"authorization", b"").decode("latin-1")
    word, _, rest = given.partition(" ")
    if word.lower() != wanted:
        return f"an Authorization of the scheme {wanted} is missing"
    if not form:
        return None
    if wanted == "basic" and not _is_basic(rest.strip()):
        return "the Basic credentials are not base64 of user:password"
    if wanted == "digest" and not all(re.search(rf"\b{field}\s*=", rest) for field in _DIGEST_FIELDS):
        return "the Digest credentials lack a field"
    if wanted == "bearer" and not rest.strip():
        return "the bearer token is empty"
    return None


def _is_basic(text: str) -> bool:
    try:
        return b":" in base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
