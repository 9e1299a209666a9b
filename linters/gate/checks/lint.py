"""Does the document keep to the rules, or, under a ratchet, at least no worse than before?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from linters.gate.result import Check
from linters.gate.weighed import Weighed
from linters.lint import Severity
from linters.suppression import Applied, allowing, exceeded, loose

_NAMED = 5
_WAIVED = 3


def check(weighed: Weighed) -> Check:
    found = _judged(weighed)
    waived = () if weighed.applied is None else _waived(weighed.applied)
    return replace(found, reason=" ".join((found.reason, *waived)))


def _judged(weighed: Weighed) -> Check:
    applied = weighed.applied
    if applied is None:
        return weighed.check("lint", "unchecked", "No findings and no ruleset were given.")
    counts = Counter(finding.severity for finding in applied.findings)
    details = {
        **{severity.name.lower(): counts[severity] for severity in Severity},
        "suppressed": len(applied.suppressed),
        "ignores": weighed.profile.ignores,
        "ruleset": weighed.profile.ruleset,
    }
    if weighed.profile.ratchet and not weighed.request.is_first:
        return _held(weighed, applied, details)
    limit = weighed.profile.fail_severity
    failing = [one for one in applied.findings if limit is not None and one.severity <= limit]
    if failing:
        codes = _listed(Counter(one.code for one in failing))
        noun = "finding fails" if len(failing) == 1 else "findings fail"
        return weighed.check("lint", "fail", f"{len(failing)} {noun}: {codes}.", **details)
    return weighed.check("lint", "pass", _told(applied), **details)


def _held(weighed: Weighed, applied: Applied, details: Mapping[str, Any]) -> Check:
    """The ratchet: no rule has more findings than in the base."""
    if weighed.before is None:
        reason = "There is no base whose findings could be compared, or no ruleset to find them with."
        return weighed.check("lint", "unchecked", reason, **details)
    allowed = allowing(weighed.before.findings)
    worse = exceeded(applied.findings, allowed)
    if not worse:
        better = loose(applied.findings, allowed)
        mended = f" {sum(before - now for before, now in better.values())} were mended." if better else ""
        reason = f"No rule has more findings than in {weighed.base_version}.{mended}"
        return weighed.check("lint", "pass", reason, **details)
    rules = ", ".join(f"{one.rule} ({one.found} instead of {one.allowed})" for one in worse[:_NAMED])
    more = f" and {len(worse) - _NAMED} more" if len(worse) > _NAMED else ""
    new = [finding.as_dict() for one in worse for finding in one.new][:100]
    reason = f"More findings than in {weighed.base_version}: {rules}{more}."
    return weighed.check("lint", "fail", reason, **details, new=new)


def _listed(codes: Counter[str]) -> str:
    return ", ".join(f"{code} ({count})" for code, count in codes.most_common(_NAMED))


def _waived(applied: Applied) -> tuple[str, ...]:
    """A sentence for each waiver that let something pass; owners' ignores stand in the contract and are counted."""
    told = {f"{one.finding.code}: {one.reason}": None for one in applied.suppressed if one.kind == "external"}
    more = (f"{len(told) - _WAIVED} more are waived.",) if len(told) > _WAIVED else ()
    return (*(text if text.endswith(".") else f"{text}." for text in [*told][:_WAIVED]), *more)


def _told(applied: Applied) -> str:
    found, suppressed = len(applied.findings), len(applied.suppressed)
    parts = [f"{found} milder finding{'' if found == 1 else 's'}"] if found else []
    parts += [f"{suppressed} that somebody answers for"] if suppressed else []
    return f"{' and '.join(parts)}." if parts else "Nothing was found."
