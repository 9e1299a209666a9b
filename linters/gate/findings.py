"""What the lint finds in a candidate, less what somebody answers for."""

from __future__ import annotations

from datetime import date

from linters.lint import Finding, lint
from linters.lint.findings import in_order
from linters.suppression import Applied, Entry, apply, read_ignores

from .profile import Profile
from .request import Api, GateRequest


def findings(request: GateRequest, profile: Profile) -> Applied | None:
    """None where there is neither a ruleset nor findings that were made already."""
    found = _found(request, request.candidate) if request.findings is None else request.findings
    return None if found is None else _answered_for(request, profile, request.candidate, found)


def base_findings(request: GateRequest, profile: Profile) -> Applied | None:
    """What the same rules find in the base today; None where that cannot be told."""
    found = None if request.base is None else _found(request, request.base)
    if request.base is None or found is None:
        return None
    return _answered_for(request, profile, request.base, found)


def _found(request: GateRequest, api: Api) -> tuple[Finding, ...] | None:
    return None if request.ruleset is None else lint(api.documents, request.ruleset)


def _answered_for(request: GateRequest, profile: Profile, api: Api, found: tuple[Finding, ...]) -> Applied:
    ignores, malformed = read_ignores(api.documents)
    entries: tuple[Entry, ...] = (*request.waivers, *ignores)
    if not entries:
        return Applied(in_order((*found, *malformed)))
    rules = request.ruleset
    ran = {one.code for one in found} if rules is None else {one.name for one in rules.running}
    if request.today is None:
        # Nobody knows whether it has ended, so it covers nothing.
        entries = tuple(one for one in entries if one.until is None)
    return apply(
        (*found, *malformed),
        entries,
        today=request.today or date.min,
        ran=ran,
        known=request.rules if rules is None else {*request.rules, *rules.rules},
        files=tuple(api.documents.documents),
        ignores=profile.ignores,
    )
