"""Who and what stands around contracts: teams, domains, systems, environments, consumers, plans, keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class SystemKind(StrEnum):
    ERP = "erp"
    WMS = "wms"
    TMS = "tms"
    LAST_MILE = "last-mile"
    CARRIER = "carrier"
    MARKETPLACE = "marketplace"
    FINANCE = "finance"
    PLATFORM = "platform"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Team:
    name: str
    title: str
    email: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Domain:
    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class System:
    name: str
    title: str
    kind: SystemKind
    owner: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Environment:
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`limit` requests in each `window` of seconds, and up to `burst` at once; and no more than the `quota`, which is
    another `limit` in another `window`, for a day or a month.
    """

    name: str
    limit: int
    window: int
    burst: int
    quota: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where a major line of a contract is served, and how strictly.

    `modes` maps `request` and `response` to enforce, monitor or off; `operations` holds exceptions from it
    by operation key (`GET /orders/{id}`). `security` says what is done about the contract's security requirements,
    `brownouts` are times at which the line answers `status` instead of its upstream.
    """

    id: int
    contract: str
    major: int
    environment: str
    base_path: str
    upstreams: tuple[str, ...]
    upstream_path: str = ""
    modes: Mapping[str, str] = field(default_factory=lambda: {"request": "enforce", "response": "monitor"})
    operations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    access: str = "key"
    unknown_query: str = "refuse"
    security: str = "ignore"
    brownouts: tuple[Mapping[str, Any], ...] = ()
    versions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Where versions that consumers are pinned to run (`upstreams`), by minor line (`1.4`) or version."""
    treatment: Mapping[str, Any] = field(default_factory=dict)
    """How gateways treat the upstreams, as `specs/upstream.schema.json` describes it."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """`extended_until` is how long the consumer may call the line after its sunset. `pin` is the minor line (`1.4`) or
    the version that its calls are held against, None for the newest of the line.
    """

    id: int
    consumer: str
    contract: str
    major: int
    plan: str
    created_at: datetime
    ended_at: datetime | None = None
    extended_until: datetime | None = None
    pin: str | None = None


@dataclass(frozen=True, slots=True)
class Credential:
    """A key, without the key: `id` is the eight characters after `lk_`."""

    id: str
    consumer: str
    label: str
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """The only time that the key's text exists on our side."""

    credential: Credential
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consumer:
    """An application that calls or listens. `name` identifies it, `id` is what the gateway reports."""

    id: str
    name: str
    title: str
    owner: str | None
    contact: str | None
    description: str
    created_at: datetime
    subscriptions: tuple[Subscription, ...] = ()
    credentials: tuple[Credential, ...] = ()
