"""Whom a gateway believes: issuers, introspection, certificates, signatures and passwords, as its operator says."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
ASYMMETRIC = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""Algorithms that a token may be signed with. Those with a shared secret are not among them: the keys of an
issuer are public, and whoever read them could sign (RFC 8725 section 2.1)."""


def within(peer: str, networks: tuple[Network, ...]) -> bool:
    """Whether an address is of one of the networks; what is no address is of none."""
    if not networks:
        return False
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in networks)


@dataclass(frozen=True, slots=True)
class Issuer:
    """An authorization server whose tokens are verified here (RFC 9068, RFC 7519).

    `audience` are the values of `aud` of which one has to be there. `keys` is the address of its key set; empty
    means that it is discovered. `skew` is in seconds. `client` are the claims that name the calling
    application, the first one that is there counts. `schemes` are those of contracts that it serves, all
    where empty.
    """

    issuer: str
    audience: tuple[str, ...]
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
    keys: str = ""
    skew: int = 30
    client: tuple[str, ...] = ("client_id", "azp")
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Introspection:
    """Where tokens are asked about that cannot be read here (RFC 7662).

    `cache` is how many seconds an answer may be used, however long its token lives; `timeout` is in seconds.
    """

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    audience: tuple[str, ...] = ()
    issuer: str = ""
    cache: int = 30
    timeout: float = 2.0


@dataclass(frozen=True, slots=True)
class Certificates:
    """Front proxies that pass the client's certificate on: their networks, and the header field they use."""

    proxies: tuple[Network, ...] = ()
    header: Literal["client-cert", "x-forwarded-client-cert"] = "client-cert"

    def trusts(self, peer: str) -> bool:
        """Whether a header field of this peer is believed."""
        return within(peer, self.proxies)


@dataclass(frozen=True, slots=True)
class Signature:
    """How messages of one scheme are signed (Standard Webhooks 1.0.0, symmetric).

    Any of the secrets will do, so that they can be rotated. `tolerance` is in seconds, to both sides.
    """

    secrets: tuple[bytes, ...] = field(repr=False)
    tolerance: int = 300
    prefix: str = "webhook-"
    consumer: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """All of it. `clients`, `certificates_of`, `digests` name consumers by what identifies them.

    `digests` are SHA-256 of API keys that are not the registry's, `passwords` scrypt hashes by user.
    """

    issuers: Mapping[str, Issuer] = field(default_factory=dict)
    introspection: Introspection | None = None
    certificates: Certificates = field(default_factory=Certificates)
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    clients: Mapping[str, str] = field(default_factory=dict)
    certificates_of: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[bytes, str] = field(default_factory=dict)
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    forward_credentials: bool = True
    """Whether what a caller was known by goes on to the upstream. The registry's own keys never do."""


NOBODY = Trust()
