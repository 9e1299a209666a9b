"""What gateways saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Caller:
    """Who still calls a version. `consumer` is None where no key told who it was."""

    contract: str
    version: str
    consumer: str | None
    consumer_id: str | None
    operations: tuple[str, ...]
    calls: int
    refused: int
    violations: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Usage:
    """Calls of one operation in one hour (or day) with one outcome."""

    at: datetime
    operation: str | None
    outcome: str
    calls: int


@dataclass(frozen=True, slots=True)
class Violation:
    """Exchanges that broke a contract in the same way, counted together by fingerprint."""

    id: int
    fingerprint: str
    environment: str
    contract: str
    version: str
    operation: str | None
    consumer: str | None
    direction: str
    location: str
    pointer: str
    schema_pointer: str
    code: str
    message: str
    count: int
    first_at: datetime
    last_at: datetime
    sample: Mapping[str, Any] | None
    state: str
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch. `repeated` is true where it had been counted before."""

    batch: str
    repeated: bool
    calls: int
    violations: int


@dataclass(frozen=True, slots=True)
class CallReport:
    """Calls as a gateway counted them. `consumer` and `key` are ids."""

    contract: str
    version: str
    operation: str | None
    consumer: str | None
    outcome: str
    count: int
    first_at: datetime
    last_at: datetime
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ViolationReport:
    """Violations of one fingerprint as a gateway counted them."""

    fingerprint: str
    contract: str
    version: str
    operation: str | None
    consumer: str | None
    direction: str
    location: str
    pointer: str
    schema_pointer: str
    code: str
    message: str
    count: int
    first_at: datetime
    last_at: datetime
    sample: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a gateway sends at once; `id` makes sending it again harmless."""

    id: str
    gateway: str
    environment: str
    calls: tuple[CallReport, ...]
    violations: tuple[ViolationReport, ...]
