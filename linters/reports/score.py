"""The score of a run: per area and in all, from 0 to 100.

With N operations and findings that weigh W together, an area has 100 × N / (N + W) points, so that a contract of
twice the size may have twice as much to mend for the same score, and whatever is mended raises it. The total is
the mean of the areas. What nobody asked about has no score: 100 is for what was looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from linters.lint import Finding, Severity

WEIGHTS = {
    Severity.ERROR: Fraction(3),
    Severity.WARN: Fraction(1),
    Severity.INFO: Fraction(1, 4),
    Severity.HINT: Fraction(1, 10),
}
DOCUMENT = "document"
"""The area of what every run looks at: whether the text can be read and its references followed."""
_METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"))


@dataclass(frozen=True, slots=True)
class Score:
    """Points by area, None where no rule of it was asked, and their mean. Only a clean area has 100."""

    areas: Mapping[str, int | None]
    total: int | None

    def as_dict(self) -> dict[str, Any]:
        return {"total": self.total, "areas": dict(self.areas)}

    @property
    def told(self) -> str:
        """One line for people."""
        asked = ", ".join(f"{area} {points}" for area, points in self.areas.items() if points is not None)
        if self.total is None:
            return "score  unknown: nothing was judged"
        others = [area for area, points in self.areas.items() if points is None]
        rest = f"; not asked about: {', '.join(others)}" if others else ""
        return f"score  {self.total} of 100 ({asked}{rest})"


def score(
    findings: Iterable[Finding],
    *,
    area_of: Mapping[str, str],
    asked: Collection[str],
    areas: Collection[str],
    operations: int,
) -> Score:
    """`findings` are all of them, also those that somebody answers for. `area_of` has the area of each rule.

    `asked` are the areas of which a rule ran; `areas` are all that are to be told of. `operations` is the size
    of what was judged; 0 where nothing was.
    """
    if not operations:
        return Score(dict.fromkeys(sorted({*areas, DOCUMENT})), None)
    weights: dict[str, Fraction] = defaultdict(Fraction)
    for finding in findings:
        weights[area_of.get(finding.code, DOCUMENT)] += WEIGHTS[finding.severity] * finding.stands_for
    known = {*asked, *weights, DOCUMENT}
    exact = {area: Fraction(100 * operations) / (operations + weights[area]) for area in sorted(known)}
    points = {area: int(exact[area]) if area in exact else None for area in sorted({*areas, *known})}
    return Score(points, int(sum(exact.values()) / len(exact)))


def operations_in(value: Any) -> int:
    """How large a contract is: its operations and webhooks, or its channels; at least 1."""
    if not isinstance(value, dict):
        return 1
    items = [*_values(value.get("paths")), *_values(value.get("webhooks"))]
    methods = (sum(key in _METHODS for key in item) if isinstance(item, dict) else 0 for item in items)
    # A path item that only refers to another file has at least one operation.
    number = sum(max(1, count) for count in methods)
    return max(1, number + len(_values(value.get("channels"))))


def _values(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else []
