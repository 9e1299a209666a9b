"""What an audit found, counted; its size does not grow with the traffic."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

MOST = 1000
"""Different violations, and different shadow endpoints, that are told apart; further ones are only counted."""


@dataclass(slots=True)
class Violation:
    """One fault at one place of one operation. `sample` is the surroundings with types in place of values."""

    contract: str
    operation: str
    direction: str
    location: str
    pointer: str
    code: str
    message: str
    schema_pointer: str
    where: str
    sample: Any
    count: int = 0

    def as_dict(self) -> dict[str, Any]:
        names = (
            "contract", "operation", "direction", "location", "pointer", "code", "message", "schema_pointer",
            "count", "where", "sample",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Endpoint:
    """Something that was called: in no contract, or in one that has ended."""

    contract: str
    """The name and version of the contract; empty where there is none."""
    operation: str
    host: str
    reason: str
    where: str
    count: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        return {
            "contract": self.contract,
            "operation": self.operation,
            "host": self.host,
            "reason": self.reason,
            "count": self.count,
            "statuses": dict(self.statuses),
            "where": self.where,
        }


@dataclass(slots=True)
class Summary:
    """`unvalidated` are reasons why parts of exchanges could not be looked at, `unread` places that are none.

    `probes` were refused by the service itself (404, 405, 410) for what no contract has.
    """

    exchanges: int = 0
    conforming: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    violations: dict[tuple[str, ...], Violation] = field(default_factory=dict)
    shadow: dict[tuple[str, ...], Endpoint] = field(default_factory=dict)
    probes: dict[tuple[str, ...], Endpoint] = field(default_factory=dict)
    zombies: dict[tuple[str, ...], Endpoint] = field(default_factory=dict)
    called: Counter[tuple[str, str]] = field(default_factory=Counter)
    unused: list[tuple[str, str]] = field(default_factory=list)
    unvalidated: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    first_unread: str = ""
    beyond: int = 0
    """Violations and endpoints that were different from all that are told apart."""

    @property
    def clean(self) -> bool:
        return not (self.violations or self.shadow or self.zombies or self.beyond)

    @property
    def judged(self) -> bool:
        """Whether all that was there to judge was judged: something, and nothing unreadable."""
        return self.exchanges > 0 and not self.unread

    def as_dict(self) -> dict[str, Any]:
        """The report in JSON; the most frequent first."""
        return {
            "exchanges": self.exchanges,
            "conforming": self.conforming,
            "violations": [held.as_dict() for held in most(self.violations)],
            "shadow": [held.as_dict() for held in most(self.shadow)],
            "zombies": [held.as_dict() for held in most(self.zombies)],
            "probes": [held.as_dict() for held in most(self.probes)],
            "operations": [
                {"contract": contract, "operation": operation, "calls": count}
                for (contract, operation), count in sorted(self.called.items())
            ],
            "unused": [{"contract": contract, "operation": operation} for contract, operation in self.unused],
            "unvalidated": dict(self.unvalidated.most_common()),
            "skipped": dict(self.skipped),
            "unread": {
                "count": self.unread.total(),
                "reasons": dict(self.unread.most_common()),
                "first": self.first_unread,
            },
            "beyond": self.beyond,
        }


def most(held: dict[tuple[str, ...], Any]) -> list[Any]:
    """The most frequent first; the order of what was found first otherwise."""
    return sorted(held.values(), key=lambda found: -found.count)
