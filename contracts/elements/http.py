"""The normalised model of a contract for calls (OpenAPI 2.0 to 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from contracts.errors import ContractError
from contracts.kinds import Specification
from contracts.references import DocumentSet

from .common import Origin, Raw, Schema, SecurityRequirement, SecurityScheme, Server, Tag

Location = Literal["path", "query", "querystring", "header", "cookie"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its defaults filled in.

    `style` is OpenAPI 3's name. OpenAPI 2.0's `collectionFormat` becomes `form` or `simple` (csv),
    `spaceDelimited` (ssv), `tabDelimited` (tsv, which OpenAPI 3 lacks), `pipeDelimited` (pipes), or `form`
    with `explode` (multi).
    """

    name: str
    location: Location
    required: bool
    deprecated: bool
    style: str
    explode: bool
    allow_reserved: bool
    allow_empty_value: bool
    schema: Schema | None
    content: Mapping[str, MediaType]
    origin: Origin
    raw: Raw
    inherited: bool = False
    """Whether it is stated at the path item, for all operations there."""


@dataclass(frozen=True, slots=True)
class Header:
    """A response or part header."""

    name: str
    required: bool
    deprecated: bool
    style: str
    explode: bool
    schema: Schema | None
    content: Mapping[str, MediaType]
    origin: Origin
    raw: Raw


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one property of a form is written. None means what the specification's default makes of it."""

    content_type: str | None
    headers: Mapping[str, Header]
    style: str | None
    explode: bool | None
    allow_reserved: bool
    parts: Mapping[str, Encoding] = field(default_factory=dict)
    """How what is nested in it is written (3.2): by name, `[0]` by position, `[]` for all further items."""
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MediaType:
    """Content of one media type; `name` is the type or range as written. `item_schema` is 3.2's, of a stream."""

    name: str
    schema: Schema | None
    item_schema: Schema | None
    encoding: Mapping[str, Encoding]
    origin: Origin
    raw: Raw
    positions: Mapping[str, Encoding] = field(default_factory=dict)
    """How items of a multipart stream are written (3.2): `[0]` by position, `[]` for all further ones."""


@dataclass(frozen=True, slots=True)
class Body:
    """A request body. OpenAPI 2.0's `in: body` and `in: formData` parameters become one."""

    required: bool
    content: Mapping[str, MediaType]
    origin: Origin
    raw: Raw


@dataclass(frozen=True, slots=True)
class Response:
    """A response; `status` is a code, a range like `4XX`, or `default`."""

    status: str
    description: str
    headers: Mapping[str, Header]
    content: Mapping[str, MediaType]
    links: Mapping[str, Any]
    origin: Origin
    raw: Raw


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, with what it inherits from the path item and the document.

    `path` is the template, the webhook's name, or the callback's expression. `security` and `servers` are the
    effective ones; security None is stated nowhere, `()` is stated to be none.
    """

    method: str
    path: str
    operation_id: str | None
    summary: str
    description: str
    tags: tuple[str, ...]
    deprecated: bool
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: Mapping[str, Response]
    callbacks: tuple[Operation, ...]
    security: tuple[SecurityRequirement, ...] | None
    servers: tuple[Server, ...]
    extensions: Mapping[str, Any]
    kind: Literal["operation", "webhook", "callback"]
    origin: Origin
    raw: Raw
    name: str = ""
    """The name of the webhook or callback."""

    @property
    def inherits_security(self) -> bool:
        """Whether the document's `security` holds for it, as it states none of its own."""
        return "security" not in self.raw

    @property
    def key(self) -> str:
        """`GET /orders/{id}`; `webhook:shipped` (with the method where it is not POST); `callback:NAME …`."""
        if self.kind == "webhook":
            return f"webhook:{self.path}" if self.method == "POST" else f"webhook:{self.path}:{self.method}"
        if self.kind == "callback":
            return f"callback:{self.name}:{self.method} {self.path}"
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True, eq=False)
class HttpApi:
    """A contract for calls. `problems` is everything that could not be understood, each with its place."""

    specification: Specification
    title: str
    version: str
    description: str
    servers: tuple[Server, ...]
    operations: tuple[Operation, ...]
    webhooks: tuple[Operation, ...]
    security_schemes: Mapping[str, SecurityScheme]
    tags: tuple[Tag, ...]
    extensions: Mapping[str, Any]
    documents: DocumentSet
    problems: tuple[ContractError, ...]
    security: tuple[SecurityRequirement, ...] | None = None
    """What the document demands of operations that state nothing of their own; None is stated nowhere."""
