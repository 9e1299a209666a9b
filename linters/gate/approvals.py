"""Approvals: one change may pass although it breaks, because somebody answers for it until a day.

A file of approvals is a list; each names the change by its fingerprint, who approved it, why, and until when.
It lies where the owner of the contract does not write, as waivers do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.document import Document, parse
from contracts.errors import ContractError
from contracts.limits import DEFAULT, Limits
from contracts.pointers import Path, to_pointer
from linters.diff import Comparison
from linters.diff.verdicts import ORDER
from linters.suppression.entries import day

FIELDS = ("fingerprint", "reason", "approver", "until")
MOST = 10_000
"""Approvals of one file."""
LONGEST = 2_000
"""Characters of one text in it."""
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


class BrokenApprovals(ContractError):
    """A file of approvals that is not understood: then none of it counts, and nothing is judged by it."""


@dataclass(frozen=True, slots=True)
class Approval:
    """`until` is the last day on which it counts; `source` and `line` are where it is written."""

    fingerprint: str
    reason: str
    approver: str
    until: date
    source: str = ""
    line: int = 0

    @property
    def said(self) -> str:
        reason = self.reason.rstrip(".")
        return f"approved by {self.approver} until {self.until}: {reason}"

    def counts(self, today: date | None) -> bool:
        """Whether it has not ended; where nobody says what day it is, that is not known."""
        return today is not None and today <= self.until

    def as_dict(self) -> dict[str, str]:
        return {
            "fingerprint": self.fingerprint,
            "reason": self.reason,
            "approver": self.approver,
            "until": self.until.isoformat(),
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, str]) -> Approval:
        """The approval that `as_dict` told of."""
        return cls(
            value["fingerprint"], value["reason"], value["approver"], date.fromisoformat(value["until"])
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """A comparison in which approved changes stand as safe, and the approvals that had to do with it."""

    comparison: Comparison | None
    approved: tuple[Approval, ...] = ()
    ended: tuple[Approval, ...] = ()


def settle(comparison: Comparison | None, approvals: Iterable[Approval], today: date | None) -> Settled:
    """Lets pass what is approved. A change that is safe anyway needs no approval and uses none."""
    if comparison is None:
        return Settled(None)
    counting = {one.fingerprint: one for one in approvals if one.counts(today)}
    lapsed = {one.fingerprint: one for one in approvals if not one.counts(today)}
    changes, approved, ended = [], [], []
    for change in comparison.changes:
        known = None if change.verdict == "safe" else counting.get(change.fingerprint)
        if known is not None:
            approved.append(known)
            changes.append(replace(change, verdict="safe", breaks=None, reason=known.said))
            continue
        changes.append(change)
        if change.verdict != "safe" and change.fingerprint in lapsed:
            ended.append(lapsed[change.fingerprint])
    if not approved:
        return Settled(comparison, ended=tuple(ended))
    gravest = min((change.verdict for change in changes), key=ORDER.__getitem__)
    settled = replace(comparison, verdict=gravest, changes=tuple(changes))
    return Settled(settled, tuple(approved), tuple(ended))


def told(approvals: Iterable[Approval], used: Collection[str], today: date) -> list[str]:
    """A line for each approval that ended, and for each that no change of a whole run used."""
    lines = []
    for one in approvals:
        what = f"{one.source}:{one.line}: the approval of {one.fingerprint} by {one.approver}"
        if not one.counts(today):
            lines.append(f"{what} ended on {one.until}. Take it out, or ask again.")
        elif one.fingerprint not in used:
            lines.append(f"{what} is not used: no change here needs it.")
    return lines


def read_approvals(content: bytes, source: str, *, limits: Limits = DEFAULT) -> tuple[Approval, ...]:
    """The approvals of a file. Raises `BrokenApprovals` or another `ContractError`, with the line."""
    document = parse(content, source, limits=limits)
    if not isinstance(document.value, list):
        raise _broken(document, (), "A file of approvals is a list of them.")
    if len(document.value) > MOST:
        raise _broken(document, (), f"There are more than {MOST:,} approvals.")
    found: dict[str, Approval] = {}
    for index, one in enumerate(document.value):
        approval = _approval(document, (index,), one)
        if approval.fingerprint in found:
            raise _broken(document, (index,), f"{approval.fingerprint} is approved twice.")
        found[approval.fingerprint] = approval
    return tuple(found.values())


def _approval(document: Document, path: Path, one: Any) -> Approval:
    if not isinstance(one, Mapping):
        raise _broken(document, path, f"An approval is a mapping with {', '.join(FIELDS)}.")
    for key in one:
        if key not in FIELDS:
            raise _broken(document, (*path, key), f"An approval has no '{key}'.")
    texts = {key: _text(document, path, one, key) for key in FIELDS}
    if not _FINGERPRINT.fullmatch(texts["fingerprint"]):
        message = "A fingerprint has 32 hexadecimal digits; the gate's report shows it."
        raise _broken(document, (*path, "fingerprint"), message)
    until = day(texts["until"])
    if until is None:
        raise _broken(document, (*path, "until"), f"'{texts['until']}' is no day (RFC 3339).")
    line = document.line(path)
    return Approval(texts["fingerprint"], texts["reason"], texts["approver"], until, document.source, line)


def _text(document: Document, path: Path, one: Mapping[str, Any], key: str) -> str:
    if key not in one:
        raise _broken(document, path, f"The approval has no '{key}'.")
    value = one[key]
    if not isinstance(value, str) or not value.strip():
        raise _broken(document, (*path, key), f"'{key}' is a text that says something.")
    if len(value) > LONGEST:
        raise _broken(document, (*path, key), f"'{key}' is longer than {LONGEST:,} characters.")
    return value.strip()


def _broken(document: Document, path: Path, message: str) -> BrokenApprovals:
    return BrokenApprovals(
        "approvals-broken", message, document.source, document.line(path), None, to_pointer(path) or None,
        "Mend it; until then none of the approvals counts.",
    )  # fmt: skip
