"""Are notice periods kept?"""

from __future__ import annotations

from datetime import date

from contracts.model import HttpApi, Operation
from linters.diff.notice import Notice
from linters.gate.result import Check
from linters.gate.versions import Bump
from linters.gate.weighed import Weighed

_IN_TIME = "Whatever ends was announced in time."
_REMOVALS = ("api-removed", "api-path-removed", "webhook-removed", "channel-removed", "-operation-removed")


def check(weighed: Weighed) -> Check:
    facts = weighed.request.lifecycle
    if facts is not None and facts.state == "retired" and not weighed.request.is_first:
        instead = f" Publish to {facts.replacement} instead." if facts.replacement else ""
        return weighed.check("lifecycle", "fail", f"This line of versions is retired.{instead}")
    ends = _deprecated(weighed)
    removed = [
        change for change in (weighed.comparison.changes if weighed.comparison else ())
        if any(part in change.id for part in _REMOVALS)
    ]  # fmt: skip
    if not ends and not removed:
        return weighed.check("lifecycle", "pass", "Nothing comes to an end.")
    early = [change for change in removed if change.verdict == "breaking"]
    if early and not weighed.request.is_first and not _announced(weighed):
        reason = f"{early[0].operation or early[0].message} ends without notice; {weighed.profile.notice_days} days are due."
        return weighed.check(
            "lifecycle", "fail", reason, operations=[one.operation or one.message for one in early][:20]
        )
    return _announcements(weighed, ends) if ends else weighed.check("lifecycle", "pass", _IN_TIME)


def _announcements(weighed: Weighed, ends: list[tuple[Operation, date]]) -> Check:
    """Whether what is given an end is given it early enough."""
    today, due = weighed.request.today, weighed.profile.notice_days
    if today is None:
        reason = "Something is given an end, and nobody said what day it is."
        return weighed.check("lifecycle", "unchecked", reason)
    short = [(one.key, sunset) for one, sunset in ends if (sunset - today).days < due]
    if not short:
        return weighed.check("lifecycle", "pass", _IN_TIME)
    key, sunset = short[0]
    reason = f"{key} ends on {sunset}, in {(sunset - today).days} days; {due} are due."
    return weighed.check("lifecycle", "fail", reason, operations=[key for key, _ in short][:20])


def _deprecated(weighed: Weighed) -> list[tuple[Operation, date]]:
    """Operations that the candidate gives an end, or an earlier one than they had, with the day."""
    candidate, base = weighed.request.candidate, weighed.request.base
    if not isinstance(candidate, HttpApi):
        return []
    known = (
        {one.key: Notice.of(one.deprecated, one.extensions).sunset for one in base.operations}
        if isinstance(base, HttpApi)
        else {}
    )
    found = []
    for one in candidate.operations:
        sunset, before = Notice.of(one.deprecated, one.extensions).sunset, known.get(one.key)
        if sunset is not None and (before is None or sunset < before):
            found.append((one, sunset))
    return found


def _announced(weighed: Weighed) -> bool:
    """Whether the base as a whole goes on in its own line, so that nothing in it ends by this version."""
    return weighed.room is Bump.MAJOR and weighed.profile.breaking == "major"
