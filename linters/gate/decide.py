"""The decision."""

from __future__ import annotations

from dataclasses import replace

from contracts.errors import ContractError
from linters.diff import Comparison, CompatPolicy, compare

from .approvals import settle
from .checks import compatibility, impact, lifecycle, validity, version
from .checks import lint as lint_check
from .findings import base_findings, findings
from .history import hold
from .profile import Profile
from .request import GateRequest
from .result import Check, GateResult, Outcome
from .weighed import Weighed

_CHECKS = (
    validity.check,
    lint_check.check,
    compatibility.check,
    version.check,
    lifecycle.check,
    impact.check,
)


def decide(request: GateRequest, profile: Profile, *, comparison: Comparison | None = None) -> GateResult:
    """Whether the candidate may be published under a profile.

    A `comparison` that was made already by the profile's policy is taken as it is. Any required check that
    fails makes it `fail`; else any that could not be made makes it `unchecked`, unless the profile lets that
    pass.
    """
    obstacle: ContractError | None = None
    policy = _policy(request, profile)
    if comparison is None and request.base is not None:
        try:
            comparison = compare(request.base, request.candidate, policy=policy)
        except ContractError as error:
            obstacle = error  # calls and events
    applied = findings(request, profile)
    before = base_findings(request, profile) if profile.ratchet else None
    settled = settle(comparison, request.approvals, request.today)
    weighed = Weighed(
        request, profile, applied, settled.comparison, before, settled.approved, settled.ended, obstacle
    )
    weighed = replace(weighed, held=hold(weighed, policy))
    checks = tuple(check(weighed) for check in _CHECKS)
    return GateResult(
        _outcome(checks, profile),
        profile.name,
        checks,
        weighed.findings or (),
        comparison,
        weighed.suggested,
        () if applied is None else applied.suppressed,
        settled.approved,
    )


def _policy(request: GateRequest, profile: Profile) -> CompatPolicy:
    """Whether a sunset has passed depends on the day."""
    return profile.policy if request.today is None else replace(profile.policy, today=request.today)


def _outcome(checks: tuple[Check, ...], profile: Profile) -> Outcome:
    required = {check.outcome for check in checks if check.required}
    if "fail" in required:
        return "fail"
    return "unchecked" if "unchecked" in required and profile.unchecked == "fail" else "pass"
