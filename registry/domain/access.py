"""Who may do what: actors, roles by domain, scopes of machine tokens, and the one table of permissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .errors import Forbidden, Unauthenticated

EVERYWHERE = "*"


class Role(StrEnum):
    VIEWER = "viewer"
    CONSUMER = "consumer"
    OWNER = "owner"
    ARCHITECT = "architect"
    OPERATOR = "operator"
    ADMIN = "admin"


class Scope(StrEnum):
    """What a person may do by a role and a machine by its token."""

    CONTRACTS_READ = "contracts:read"
    CONTRACTS_WRITE = "contracts:write"
    CONTRACTS_GATE = "contracts:gate"
    LANDSCAPE_WRITE = "landscape:write"
    CONSUMERS_READ = "consumers:read"
    CONSUMERS_WRITE = "consumers:write"
    KEYS_WRITE = "keys:write"
    DEPLOYMENTS_WRITE = "deployments:write"
    BUNDLES_READ = "bundles:read"
    OBSERVATIONS_WRITE = "observations:write"
    TRAFFIC_READ = "traffic:read"
    VIOLATIONS_WRITE = "violations:write"
    WAIVERS_DECIDE = "waivers:decide"
    AUDIT_READ = "audit:read"
    IDENTITY_WRITE = "identity:write"


_READ = frozenset({Scope.CONTRACTS_READ, Scope.CONTRACTS_GATE, Scope.CONSUMERS_READ, Scope.TRAFFIC_READ})
PERMISSIONS: Mapping[Role, frozenset[Scope]] = {
    Role.VIEWER: _READ,
    Role.CONSUMER: _READ | {Scope.CONSUMERS_WRITE, Scope.KEYS_WRITE},
    Role.OWNER: _READ
    | {Scope.CONTRACTS_WRITE, Scope.VIOLATIONS_WRITE, Scope.CONSUMERS_WRITE, Scope.KEYS_WRITE},
    Role.ARCHITECT: _READ
    | {
        Scope.CONTRACTS_WRITE,
        Scope.LANDSCAPE_WRITE,
        Scope.VIOLATIONS_WRITE,
        Scope.WAIVERS_DECIDE,
        Scope.CONSUMERS_WRITE,
        Scope.KEYS_WRITE,
        Scope.AUDIT_READ,
    },
    Role.OPERATOR: _READ
    | {
        Scope.DEPLOYMENTS_WRITE,
        Scope.BUNDLES_READ,
        Scope.VIOLATIONS_WRITE,
        Scope.CONSUMERS_WRITE,
        Scope.KEYS_WRITE,
        Scope.AUDIT_READ,
    },
    Role.ADMIN: frozenset(Scope),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `grants` maps a domain, or `*` for all of them, to the scopes held there."""

    kind: str
    name: str
    title: str = ""
    grants: Mapping[str, frozenset[Scope]] = field(default_factory=dict)

    def may(self, scope: Scope, domain: str = EVERYWHERE) -> bool:
        """Whether a scope is held for a domain; for `*`, whether it is held everywhere."""
        everywhere = self.grants.get(EVERYWHERE, frozenset())
        return scope in everywhere or scope in self.grants.get(domain, frozenset())

    def may_anywhere(self, scope: Scope) -> bool:
        """Whether a scope is held for any domain at all."""
        return any(scope in scopes for scopes in self.grants.values())

    def require(self, scope: Scope, domain: str = EVERYWHERE) -> None:
        """Raises `Unauthenticated` for nobody and `Forbidden` for somebody who may not."""
        if self.may(scope, domain):
            return
        if self.kind == "nobody":
            raise Unauthenticated("sign-in-needed", "Nobody is signed in.", "Sign in, or send a token.")
        where = "" if domain == EVERYWHERE else f" in {domain}"
        raise Forbidden(
            "not-allowed",
            f"{self.title or self.name} lacks {scope}{where}.",
            "Ask an admin for a role or a token that has it.",
            details={"scope": str(scope), "domain": domain},
        )


NOBODY = Actor("nobody", "nobody")
SYSTEM = Actor("system", "lading", "Lading itself", {EVERYWHERE: frozenset(Scope)})


@dataclass(frozen=True, slots=True)
class Grant:
    role: Role
    domain: str = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    email: str
    name: str
    grants: tuple[Grant, ...]
    created_at: datetime
    disabled_at: datetime | None = None

    def actor(self) -> Actor:
        held: dict[str, frozenset[Scope]] = {}
        for grant in self.grants:
            held[grant.domain] = held.get(grant.domain, frozenset()) | PERMISSIONS[grant.role]
        return Actor("person", self.email, self.name, held)


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in. Its token is shown to the browser once and stored hashed."""

    person: Person
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MachineToken:
    """A token, without its text: `id` is the eight characters after `lt_`."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    def actor(self) -> Actor:
        return Actor("machine", f"token:{self.name}", self.name, {EVERYWHERE: frozenset(self.scopes)})


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """The only time that the token's text exists on our side."""

    token: MachineToken
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`hash` covers the entry and `previous`, the hash of the one before it."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, object]
    previous: str
    hash: str
