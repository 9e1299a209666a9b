"""How much a finding matters."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """Spectral's four severities; a smaller number is worse."""

    ERROR = 0
    WARN = 1
    INFO = 2
    HINT = 3

    @classmethod
    def named(cls, name: str) -> Severity:
        """The severity called `error`, `warn`, `info` or `hint`; raises KeyError for other names."""
        return cls[name.upper()]

    @property
    def label(self) -> str:
        return self.name.lower()
