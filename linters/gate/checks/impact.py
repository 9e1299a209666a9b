"""Whom does it hit? Consumers that were seen to call what breaks."""

from __future__ import annotations

from linters.gate.request import Caller
from linters.gate.result import Check
from linters.gate.weighed import Weighed


def check(weighed: Weighed) -> Check:
    callers = weighed.request.callers
    if callers is None:
        return weighed.check("impact", "unchecked", "Who calls this contract is not known here.")
    comparison = weighed.comparison
    breaking = [] if comparison is None else [one for one in comparison.changes if one.verdict == "breaking"]
    if not breaking:
        what = "Nothing breaks beside what is approved," if weighed.approved else "Nothing breaks"
        return weighed.check(
            "impact", "pass", f"{what} for its {_count(callers)}.", consumers=_named(callers)
        )
    broken = {key for change in breaking for key in change.operations or (change.operation,)}
    hit = [one for one in callers if one.operations is None or None in broken or one.operations & broken]
    if not hit:
        return weighed.check(
            "impact", "pass", f"What breaks is not used by its {_count(callers)}.", consumers=[]
        )
    names = ", ".join(one.name for one in hit[:5])
    return weighed.check(
        "impact", "fail", f"It breaks {_count(tuple(hit))}: {names}.", consumers=_named(tuple(hit))
    )


def _count(callers: tuple[Caller, ...]) -> str:
    return f"{len(callers)} consumer{'' if len(callers) == 1 else 's'}"


def _named(callers: tuple[Caller, ...]) -> list[str]:
    return [one.name for one in callers[:100]]
