"""How a group of addresses is treated, and a single operation on it: settings, in seconds and shares of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

UNWELL = frozenset({502, 503, 504})
"""Statuses that say that a server, or what is behind it, is not there (RFC 9110 sections 15.6.3 to 15.6.5)."""


@dataclass(frozen=True, slots=True)
class Ejection:
    """Passive health: an address that fails `failures` times in a row is left out for `seconds`, twice as long each
    time, `longest` at most; it returns on probation, at first with one call alone, until `probation` of them went well.

    Where more than the share `most` of the addresses is out, calls go to all.
    """

    failures: int = 5
    seconds: float = 5.0
    longest: float = 300.0
    probation: int = 3
    most: float = 0.5


@dataclass(frozen=True, slots=True)
class Checks:
    """Active health: `path` is asked every `interval`; an address is out after `failures` wrong answers in a row,
    and back after `successes` right ones. A right answer has a status below 400, within `timeout`."""

    path: str
    interval: float = 10.0
    timeout: float = 2.0
    failures: int = 3
    successes: int = 2


@dataclass(frozen=True, slots=True)
class Breaking:
    """The circuit breaker opens where, of at least `calls` calls within `window`, the share `failures` failed.

    It stays open for `seconds`, twice as long each time, `longest` at most; then `probes` calls are let through, and
    all of them have to go well.
    """

    failures: float = 0.5
    calls: int = 20
    window: float = 10.0
    seconds: float = 5.0
    longest: float = 60.0
    probes: int = 3


@dataclass(frozen=True, slots=True)
class Retries:
    """Up to `attempts` more tries of a call, of all calls no more than the share `budget`, and `reserve` besides.

    Before each it waits a random time up to `base`, doubled for each try, `longest` at most. `statuses` are answers
    that are tried again. `try_timeout` is what one try may take, None for no other limit than the call's.
    `idempotency_key`: whether what carries an Idempotency-Key may be sent twice whatever its method is.
    """

    attempts: int = 1
    budget: float = 0.2
    reserve: int = 10
    base: float = 0.025
    longest: float = 1.0
    statuses: frozenset[int] = UNWELL
    try_timeout: float | None = None
    idempotency_key: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for a group. None switches a part off; retries are made without being asked for where there is
    another address.

    `in_flight` bounds the calls to the whole group, None for what its connections bound. `patience` is how long a call
    may wait for a connection where all are busy.
    """

    connect_timeout: float = 5.0
    connections: int = 256
    waiting: int = 1024
    patience: float = 2.0
    idle: float = 30.0
    in_flight: int | None = None
    ejection: Ejection | None = Ejection()
    checks: Checks | None = None
    breaking: Breaking | None = None
    retries: Retries | None = None


PLAIN = Policy()
WHERE_OTHERS_ARE = Retries()
NO_RETRIES = Retries(attempts=0)

KeyUse: TypeAlias = Literal["off", "accept", "require"]


@dataclass(frozen=True, slots=True)
class Course:
    """What holds for one operation: seconds to the whole response (None: those of the process), tries beyond the
    first (None: those of the group), and whether an Idempotency-Key is minded here."""

    timeout: float | None = None
    attempts: int | None = None
    keys: KeyUse = "off"


USUAL = Course()
