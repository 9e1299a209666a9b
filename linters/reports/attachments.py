"""What a report may attach to a finding: how to mend it, how it was reached, why it does not count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from contracts.pointers import Path
from contracts.positions import Range
from linters.lint import Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `text` in place of `range` in the file `source`; columns count UTF-16 code units, as in findings."""

    source: str
    range: Range
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {"source": self.source, "range": self.range.as_dict(), "text": self.text}


@dataclass(frozen=True, slots=True)
class Fix:
    """`title` says what it does, as a command. The edits do not overlap, and are made together or not at all."""

    title: str
    edits: tuple[Edit, ...]

    def as_dict(self) -> dict[str, Any]:
        return {"title": self.title, "edits": [edit.as_dict() for edit in self.edits]}


@dataclass(frozen=True, slots=True)
class Related:
    """The `$ref` by which a rule came to the place of a finding: the first on the way, in the judged file."""

    source: str
    range: Range
    path: Path

    def as_dict(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "range": self.range.as_dict(),
            "path": [str(part) for part in self.path],
        }


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody answered for: it is told, and does not count.

    `kind` follows SARIF 2.1.0, section 3.35.2: the reason stands in the document, or somewhere else, as in a
    waiver or a baseline.
    """

    finding: Finding
    reason: str
    kind: Literal["inSource", "external"] = "external"
    entry: str = field(default="", compare=False)
    """The file or record that says so; reports show the reason alone."""

    def as_dict(self) -> dict[str, Any]:
        return {**self.finding.as_dict(), "suppressed": {"kind": self.kind, "reason": self.reason}}
