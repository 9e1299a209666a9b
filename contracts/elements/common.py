"""What HTTP and event contracts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from contracts.pointers import Path

Raw: TypeAlias = Mapping[str, Any]
"""The mapping as written, `$ref`s in it intact."""


class Origin(NamedTuple):
    """Where something is really written: after every `$ref` that led to it."""

    source: str
    path: Path


NOWHERE = Origin("", ())
"""Where something is that was written by nobody."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema as written.

    `dialect` is `openapi-2.0`, `openapi-3.0`, `json-schema-2020-12` (also OpenAPI 3.1 and later, unless they
    say otherwise), `json-schema-draft-04`, `-06`, `-07`, `json-schema-2019-09`, `asyncapi`, `avro`, `raml`,
    `protobuf`, or the media type or URI that was given where it is none of these. `origin` is where the schema
    object stands, not where a `$ref` in it leads.
    """

    value: Any
    origin: Origin
    dialect: str


SecurityRequirement: TypeAlias = Mapping[str, tuple[str, ...]]
"""Scheme name → scopes. All schemes of one requirement together; `{}` lets anyone in."""


@dataclass(frozen=True, slots=True)
class Server:
    """A place where the contract is served. OpenAPI 2.0's schemes, host and base path become such.

    Protocol, bindings and security are AsyncAPI's. Security None is stated nowhere.
    """

    url: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    origin: Origin = NOWHERE
    name: str = ""
    protocol: str = ""
    raw: Raw = field(default_factory=dict)
    bindings: Mapping[str, Any] = field(default_factory=dict)
    security: tuple[SecurityRequirement, ...] | None = None


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """How a caller proves who it is.

    `location` and `parameter` say where an API key travels. OpenAPI 2.0's `basic` is `http` with the scheme
    `basic`, and its one OAuth flow is an entry of `flows` under OpenAPI 3's name for it.
    """

    name: str
    type: str
    location: str | None
    parameter: str | None
    scheme: str | None
    bearer_format: str | None
    flows: Mapping[str, Any]
    openid_connect_url: str | None
    origin: Origin
    raw: Raw


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that the contract declares."""

    name: str
    description: str
    origin: Origin
    raw: Raw
