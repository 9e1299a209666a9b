"""Which earlier versions a candidate is held against besides the one before it, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contracts.errors import ContractError
from linters.diff import CompatPolicy, compare

from .approvals import settle
from .request import Earlier
from .versions import Number

if TYPE_CHECKING:
    from .weighed import Weighed

MOST = 50
"""Earlier versions that are compared; those before them leave the answer open."""


def versions_to_compare(policy: CompatPolicy, base: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """Those of the earlier versions, the newest first, that a candidate is held against besides its base.

    All of them where the policy is transitive. Else, after a pre-release, the last release: pre-releases may
    break one another, and what they add up to is seen only from there.
    """
    others = tuple(one for one in earlier if one != base)
    if policy.history == "all":
        return others
    number = Number.read(base)
    if number is None or number.released:
        return ()
    released = (one for one in others if (found := Number.read(one)) is not None and found.released)
    last = next(released, None)
    return () if last is None else (last,)


@dataclass(frozen=True, slots=True)
class Held:
    """A candidate as weighed against one earlier version. `weighed` is None where that could not be read."""

    version: str
    weighed: Weighed | None


def hold(weighed: Weighed, policy: CompatPolicy) -> tuple[Held, ...]:
    """The candidate against each earlier version that was handed in."""
    earlier = weighed.request.earlier or ()
    return tuple(
        Held(one.version, _against(weighed, one, policy) if number < MOST else None)
        for number, one in enumerate(earlier)
    )


def _against(weighed: Weighed, one: Earlier, policy: CompatPolicy) -> Weighed | None:
    request = weighed.request
    if one.api is None:
        return None
    asked = replace(request, base=one.api, base_version=one.version)
    try:
        found = settle(compare(one.api, request.candidate, policy=policy), request.approvals, request.today)
    except ContractError as error:
        return replace(weighed, request=asked, comparison=None, obstacle=error)
    return replace(
        weighed, request=asked, comparison=found.comparison, approved=found.approved, ended=found.ended
    )
