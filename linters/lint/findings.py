"""What a rule has to say about a place in a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from contracts.document import Range
from contracts.pointers import Path

from . import collation
from .severity import Severity

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` leads to the closest node that exists in the document `source`; `range` is that node's.

    `reached` is the way by which the rule came there from the root of the judged document, where it leads through
    a `$ref`. Findings are equal whichever way led to them. One that is told once of many places `stands_for` so many.
    """

    code: str
    message: str
    path: Path
    severity: Severity
    range: Range
    source: str = ""
    documentation_url: str | None = None
    reached: Path | None = field(default=None, compare=False)
    stands_for: int = field(default=1, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON; indexes in the path are text, as in Spectral's output."""
        shown: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "path": [str(part) for part in self.path],
            "severity": int(self.severity),
            "range": self.range.as_dict(),
            "source": self.source,
        }
        if self.documentation_url is not None:
            shown["documentationUrl"] = self.documentation_url
        return shown


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sorted by source, place, code and path; equal ones are merged, whatever their severity."""
    unique: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        place: object = tuple(map(str, finding.path)) or finding.range
        unique.setdefault((finding.code, place, finding.source, finding.message), finding)
    return tuple(sorted(unique.values(), key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        finding.source,
        finding.range.start,
        _natural(finding.code),
        collation.key(",".join(map(str, finding.path))),
    )


def _natural(text: str) -> tuple[object, ...]:
    """Numbers inside a code count as numbers: `rule-2` comes before `rule-10`."""
    # The parts alternate, so that text is compared with text and a number with a number.
    return tuple(
        int(part) if index % 2 else collation.key(part) for index, part in enumerate(_DIGITS.split(text))
    )
