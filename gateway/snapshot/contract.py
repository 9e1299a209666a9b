"""One live version of a contract, and the consumers that may call it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from contracts.model import SecurityScheme
from gateway.callers.trust import Network
from gateway.rules import DEFAULT_RULES, Rules
from gateway.upstreams.policy import PLAIN, Policy
from gateway.verdicts import Header

from .operation import DEFAULT_MODES, Modes


@dataclass(frozen=True, slots=True)
class Plan:
    """`limit` calls in `window` seconds, of which `burst` may come at once.

    `interval` and `depth` are seconds: between two calls at the steady rate, and of the whole burst. `label` and
    `policy` are the plan in the RateLimit fields (draft-ietf-httpapi-ratelimit-headers-11, section 3).
    """

    name: str
    limit: int
    window: int
    burst: int
    quota: Plan | None = None
    """Another limit in another window that the calls have to be within as well."""
    interval: float = field(init=False)
    depth: float = field(init=False)
    label: bytes = field(init=False)
    policy: bytes = field(init=False)

    def __post_init__(self) -> None:
        label = f'"{quoted(self.name)}"'.encode()
        object.__setattr__(self, "interval", self.window / self.limit)
        object.__setattr__(self, "depth", self.window / self.limit * self.burst)
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "policy", b"%s;q=%d;w=%d" % (label, self.limit, self.window))


def quoted(text: str) -> str:
    """Text as the inside of a structured-field string (RFC 8941 section 3.3.3)."""
    return re.sub(r"[^ -~]", "?", text).replace("\\", "\\\\").replace('"', '\\"')


@dataclass(frozen=True, slots=True)
class Key:
    """An API key: its id and the SHA-256 of its whole text."""

    id: str
    digest: bytes
    expires_at: float | None
    consumer: Consumer


@dataclass(frozen=True, slots=True, eq=False)
class Consumer:
    """An application that calls. `subscriptions` are its plans by contract and major version.

    `extensions` are until when (seconds since 1970) it may call a line after its sunset, `pins` the version of a
    line that its calls are held against, where that is not the newest.
    """

    id: str
    name: str
    subscriptions: Mapping[tuple[str, int], Plan]
    extensions: Mapping[tuple[str, int], float] = field(default_factory=dict)
    pins: Mapping[tuple[str, int], str] = field(default_factory=dict)
    as_field: bytes = field(init=False)
    """Its id as upstreams are told it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "as_field", self.id.encode("latin-1", "replace"))


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The dates of a version, in UTC, and where its successor is."""

    state: Literal["published", "deprecated", "retired"] = "published"
    deprecated_at: datetime | None = None
    sunset_at: datetime | None = None
    replacement: str | None = None
    replacement_url: str | None = None


NO_DATES = Lifecycle()


@dataclass(frozen=True, slots=True)
class Brownout:
    """A time, in seconds since 1970, at which a version is out of service by announcement, with its status."""

    starts: float
    ends: float
    status: Literal[410, 503] = 503


@dataclass(frozen=True, slots=True, eq=False)
class Contract:
    """A contract as it is served. `broken` says why it cannot be, and then every call is answered by 503.

    `base_segments` counts the path segments that are replaced by `upstream_path`.
    """

    name: str
    version: str
    base_paths: tuple[str, ...]
    upstreams: tuple[str, ...] = ()
    policy: Policy = PLAIN
    """How the upstreams are treated."""
    unmatched: tuple[str, ...] = ()
    """Operations that the deployment says something about, and that the contract does not have."""
    upstream_path: str | None = None
    """What replaces the base path; None forwards paths as they are."""
    access: Literal["key", "open"] = "open"
    modes: Modes = DEFAULT_MODES
    rules: Rules = DEFAULT_RULES
    lifecycle: Lifecycle = NO_DATES
    lifecycle_headers: tuple[Header, ...] = ()
    sunset: float | None = None
    brownouts: tuple[Brownout, ...] = ()
    hosts: tuple[str, ...] = ()
    by_servers: bool = False
    """Whether the base paths are those of the contract's `servers`."""
    schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)
    broken: str = ""
    digest: str = ""
    """Of everything that went into it; an equal one need not be compiled again."""
    major: int = field(init=False)
    """The major version; 0 where the version is not SemVer."""
    line: tuple[str, int] = field(init=False)
    """Its name and major version, by which consumers subscribe."""
    networks: tuple[Network, ...] = field(init=False)
    """Where calls may come from; empty for anywhere."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "networks", tuple(map(ipaddress.ip_network, self.rules.networks)))
        head = re.match(r"v?(\d+)", self.version)
        object.__setattr__(self, "major", int(head[1]) if head else 0)
        object.__setattr__(self, "line", (self.name, self.major))
