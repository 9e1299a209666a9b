"""What an entry covers: a rule or an area of rules, at a place, until a day."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.pointers import Path
from contracts.positions import Range
from linters.lint import Finding
from linters.lint.globs import glob

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,199}\*?")
"""A rule's code, or the beginning of several codes with a star behind it."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(text: object) -> date | None:
    """A full-date of RFC 3339, section 5.6; None for whatever else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Entry(ABC):
    """`until` is the last day on which it counts; `source`, `path` and `range` are where it is written."""

    word: ClassVar[str]
    """What it is called, which the codes of findings about it begin with."""
    kind: ClassVar[Literal["inSource", "external"]]

    rule: str
    reason: str
    until: date | None
    source: str
    path: Path
    range: Range

    def names(self, code: str) -> bool:
        if self.rule.endswith("*"):
            return code.startswith(self.rule[:-1])
        return code == self.rule

    def names_any(self, codes: Collection[str]) -> bool:
        return any(map(self.names, codes)) if self.rule.endswith("*") else self.rule in codes

    def is_expired(self, today: date) -> bool:
        return self.until is not None and today > self.until

    @abstractmethod
    def may_cover(self, source: str) -> bool:
        """Whether it counts in a file at all."""

    @abstractmethod
    def covers(self, finding: Finding, fingerprint: str) -> bool:
        """Whether a finding of this rule lies where the entry counts."""

    @property
    def said(self) -> str:
        """The reason, with who answers for it and until when, as far as that is stated."""
        return self.reason if self.until is None else f"{self.reason} (until {self.until})"


@dataclass(frozen=True, slots=True)
class Ignore(Entry):
    """Stands in a contract and covers the node that holds it, and everything below in the same file."""

    word = "ignore"
    kind = "inSource"

    node: Path = ()

    def may_cover(self, source: str) -> bool:
        return source == self.source

    def covers(self, finding: Finding, fingerprint: str) -> bool:
        return self.may_cover(finding.source) and _is_below(finding.path, self.node)


@dataclass(frozen=True, slots=True)
class Waiver(Entry):
    """Stands in a file of waivers, granted to an `owner` by an `approver`.

    `file` is a pattern; one without a slash is about the name of a file alone. `pointer` covers the node and
    everything below. A `fingerprint` is about one finding. One that is `recorded` stands in a register, not in
    a file: it stays there when it has done its work, so that what is told of it is no more than advice.
    """

    word = "waiver"
    kind = "external"

    owner: str = ""
    approver: str = ""
    file: str | None = None
    pointer: Path | None = None
    fingerprint: str | None = None
    recorded: bool = False

    def may_cover(self, source: str) -> bool:
        return self.file is None or glob(self.file).fullmatch(source) is not None

    def covers(self, finding: Finding, fingerprint: str) -> bool:
        return (
            self.may_cover(finding.source)
            and (self.pointer is None or _is_below(finding.path, self.pointer))
            and (self.fingerprint is None or self.fingerprint == fingerprint)
        )

    @property
    def said(self) -> str:
        return f"waived by {self.approver} until {self.until}, for {self.owner}: {self.reason}"


def _is_below(path: Path, above: Path) -> bool:
    # An index is text in a pointer and in a finding that came over the wire.
    return len(path) >= len(above) and all(str(a) == str(b) for a, b in zip(path, above, strict=False))
