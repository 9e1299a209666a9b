"""Contracts, their versions, and the files that a version is made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    OPENAPI = "openapi"
    ASYNCAPI = "asyncapi"


class State(StrEnum):
    """Where a version stands. It only ever moves forward, and nothing is deleted."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


LIVE = (State.PUBLISHED, State.DEPRECATED)


@dataclass(frozen=True, slots=True)
class Contract:
    """`latest` is the highest live version; None while there are only drafts, or none left that is not retired."""

    id: int
    domain: str
    name: str
    kind: Kind
    title: str
    description: str
    owner: str
    system: str | None
    created_at: datetime
    updated_at: datetime
    latest: VersionSummary | None = None
    versions: int = 0

    @property
    def identity(self) -> str:
        return f"{self.domain}/{self.name}"


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A line in a list of versions. `errors` and `warnings` are those of the lint report, None where there is none."""

    id: int
    contract: str
    version: str
    state: State
    specification: str
    digest: str
    operations: int
    published_at: datetime | None
    published_by: str | None
    deprecated_at: datetime | None
    sunset_at: datetime | None
    replacement: str | None
    errors: int | None = None
    warnings: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable set of files under one number.

    `files` maps each file's name to its content's digest; `digest` covers all of them, see `set_digest`.
    `specification` is written as people write it: `OpenAPI 3.0.3`.
    """

    id: int
    contract: str
    kind: Kind
    version: str
    major: int
    state: State
    root: str
    files: Mapping[str, str]
    digest: str
    specification: str
    title: str
    description: str
    operations: int
    created_at: datetime
    created_by: str
    published_at: datetime | None
    published_by: str | None
    deprecated_at: datetime | None
    sunset_at: datetime | None
    retired_at: datetime | None
    replacement: str | None

    @property
    def reference(self) -> str:
        return f"{self.contract}@{self.version}"


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes under the digest that names them."""

    digest: str
    data: bytes

    @property
    def media_type(self) -> str:
        return "application/json" if self.data.lstrip()[:1] in (b"{", b"[") else "application/yaml"


@dataclass(frozen=True, slots=True)
class Element:
    """An operation, channel, message or schema of a contract, as the search and the lists know it.

    `text` holds what else can be found under it: descriptions and the names of properties.
    """

    kind: str
    key: str
    title: str
    text: str
    deprecated: bool = False


def digest(data: bytes) -> str:
    """`sha256:` and the hexadecimal SHA-256."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def set_digest(root: str, files: Mapping[str, str]) -> str:
    """The digest of a set: of its canonical JSON, root and names with their digests."""
    canonical = json.dumps({"root": root, "files": dict(sorted(files.items()))}, separators=(",", ":"))
    return digest(canonical.encode())
