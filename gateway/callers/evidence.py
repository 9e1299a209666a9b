"""What is known about credentials from elsewhere, and what would have to be asked.

The decision reads from here and never asks itself: it says what it needs, the edge goes and gets it, and the
decision is made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from .trust import NOBODY, Trust


@dataclass(frozen=True, slots=True)
class IssuerKeys:
    """The keys of an issuer, or those that have come since: `unknown` is a key id that was not among them."""

    issuer: str
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class TokenState:
    """What the authorization server says of a token, kept under the SHA-256 of its text."""

    digest: bytes
    token: str = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Password:
    """Whether a password fits its hash; kept under a digest that only this process can make."""

    digest: bytes
    password: bytes = field(repr=False, compare=False)
    stored: str = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class WholeBody:
    """The body of the request, which a signature covers."""


Need: TypeAlias = IssuerKeys | TokenState | Password | WholeBody
BODY = WholeBody()


@dataclass(frozen=True, slots=True)
class Introspected:
    """The claims of an active token, or None for one that is not; good until `until` (seconds since 1970)."""

    claims: Mapping[str, Any] | None
    until: float


@dataclass(slots=True, eq=False)
class Evidence:
    """What has been found out so far. The edge writes it, bounded; the decision only reads.

    `keys` are key sets by issuer. `passwords` are digests of pairs that fit, or do not.
    """

    trust: Trust = NOBODY
    keys: dict[str, Any] = field(default_factory=dict)
    tokens: dict[bytes, Introspected] = field(default_factory=dict)
    passwords: dict[bytes, bool] = field(default_factory=dict)
    pepper: bytes = field(default=b"", repr=False)


NONE = Evidence()
