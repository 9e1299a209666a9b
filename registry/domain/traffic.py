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
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class Shadow:
    """Calls of a path that is in no contract. `contract` is the one below whose base path it lies, None for none.

    `path` is a template in which `{}` stands for what may be data; empty for all that were too many to be told apart.
    `passed` says that the contract's rules let such calls go on to the upstream; `status` is that of the latest.
    """

    id: int
    environment: str
    contract: str | None
    method: str
    path: str
    consumer: str | None
    passed: bool
    status: int
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Zombie:
    """A version that has ended and is still called. `answered` are calls that were still let through."""

    contract: str
    version: str
    state: str
    sunset_at: datetime | None
    replacement: str | None
    consumers: tuple[str, ...]
    strangers: bool
    calls: int
    answered: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an operation, or with `value` one of its declared values. `part` is query, header, request,
    `response STATUS` or status. `last_at` is None where it was never used.
    """

    part: str
    pointer: str
    value: str | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OperationDrift:
    """What calls of an operation leave unused, and what they use that is not declared.

    `calls` were seen in all; the uses of few of them were looked at, so that what is rare may be missing.
    """

    operation: str
    calls: int
    last_at: datetime | None
    unused: tuple[Place, ...] = ()
    undeclared: tuple[Place, ...] = ()
    used: int = 0


@dataclass(frozen=True, slots=True)
class Drift:
    """How the traffic of a version differs from what it declares. `uncalled` are operations that nobody called."""

    contract: str
    version: str
    operations: tuple[OperationDrift, ...]
    uncalled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch. `repeated` is true where it had been counted before."""

    batch: str
    repeated: bool
    calls: int
    violations: int
    shadows: int = 0
    uses: int = 0


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
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """Calls of what is in no contract, as a gateway counted them."""

    contract: str | None
    method: str
    path: str
    consumer: str | None
    passed: bool
    status: int
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class UseReport:
    """Something of an operation that a call used."""

    contract: str
    version: str
    operation: str
    part: str
    pointer: str
    value: str | None
    declared: bool
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """What a gateway sends at once; `id` makes sending it again harmless."""

    id: str
    gateway: str
    environment: str
    calls: tuple[CallReport, ...]
    violations: tuple[ViolationReport, ...]
    shadows: tuple[ShadowReport, ...] = ()
    uses: tuple[UseReport, ...] = ()
