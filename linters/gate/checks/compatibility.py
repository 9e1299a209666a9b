"""Does the change break anyone?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from linters.gate.result import Check
from linters.gate.versions import Bump
from linters.gate.weighed import Weighed

_ORDER = ("pass", "unchecked", "fail")
_NAMED = 3
"""Approvals that are told one by one."""


def check(weighed: Weighed) -> Check:
    found = _transitively(weighed, _compared(weighed))
    told = [f"One change was {one.said}." for one in weighed.approved[:_NAMED]]
    if len(weighed.approved) > _NAMED:
        told.append(f"{len(weighed.approved) - _NAMED} more are approved.")
    told += [f"The approval by {one.approver} ended on {one.until}." for one in weighed.ended[:_NAMED]]
    details = {**found.details, "approved": [one.fingerprint for one in weighed.approved]}
    return replace(found, reason=" ".join((found.reason, *told)), details=details)


def _transitively(weighed: Weighed, latest: Check) -> Check:
    """The answer for the base, with what the earlier versions say to it: the gravest counts."""
    if weighed.request.is_first:
        return latest
    if weighed.request.earlier is None:
        if weighed.profile.policy.history == "latest":
            return latest
        reason = f"{latest.reason} The policy asks for every earlier version, and those are not known here."
        return _graver(latest, replace(latest, outcome="unchecked", reason=reason))
    told, worst = [], latest
    for held in weighed.held:
        if held.weighed is None:
            reason = f"{held.version} could not be compared."
            one = replace(latest, outcome="unchecked", reason=reason, details={})
        else:
            one = _compared(held.weighed)
        told.append({"version": held.version, "outcome": one.outcome, "reason": one.reason, **one.details})
        worst = _graver(worst, one)
    if not told:
        return latest
    reason = latest.reason
    if worst is latest:
        count = f"{len(told)} earlier version{'' if len(told) == 1 else 's'}"
        reason += f" Held against {count} as well, with no graver answer."
    else:
        reason += f" {worst.reason}"
    return replace(latest, outcome=worst.outcome, reason=reason, details={**latest.details, "earlier": told})


def _graver(one: Check, other: Check) -> Check:
    """Of two answers the one that counts; the first where they are alike."""
    return other if _ORDER.index(other.outcome) > _ORDER.index(one.outcome) else one


def _compared(weighed: Weighed) -> Check:
    comparison = weighed.comparison
    if comparison is None:
        if weighed.request.is_first:
            return weighed.check(
                "compatibility", "pass", "This is the first version: there is nothing to break."
            )
        return weighed.not_compared("compatibility")
    details = {**comparison.counts, "policy": comparison.policy, "base": weighed.base_version}
    if comparison.verdict == "breaking":
        breaking = [change for change in comparison.changes if change.verdict == "breaking"]
        ids = ", ".join(
            f"{name} ({count})" for name, count in Counter(one.id for one in breaking).most_common(4)
        )
        what = f"{len(breaking)} breaking change{'' if len(breaking) == 1 else 's'} since {weighed.base_version}: {ids}"
        if weighed.profile.breaking == "major" and weighed.room is Bump.MAJOR:
            return weighed.check(
                "compatibility", "pass", f"{what}. Version {weighed.version} announces that.", **details
            )
        return weighed.check("compatibility", "fail", f"{what}.", **details)
    if comparison.verdict == "unknown":
        unknown = next(change for change in comparison.changes if change.verdict == "unknown")
        count = comparison.counts["unknown"]
        reason = f"{count} change{'' if count == 1 else 's'} could not be judged; the first: {unknown.message} {unknown.reason}"
        return weighed.check("compatibility", "unchecked", reason.strip(), **details)
    if comparison.verdict == "unchanged":
        return weighed.check(
            "compatibility", "pass", f"Nothing changed since {weighed.base_version}.", **details
        )
    approved = len(weighed.approved)
    count = comparison.counts["safe"] - approved
    safe = f"{count} safe change{'' if count == 1 else 's'}"
    reason = f"{safe}, {approved} approved." if approved else f"{safe}."
    return weighed.check("compatibility", "pass", reason, **details)
