"""Judgement: a candidate held against policy and against what it follows. The one place that knows how.

Pure: nothing here reads or writes the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts import validity
from linters import diff, gate
from policies import profiles, rulesets
from registry.domain.contracts import Version
from registry.domain.reports import Outcome
from registry.domain.traffic import Caller
from registry.domain.waivers import Waiver

from . import waiving
from .candidates import Candidate


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registry knows that bears on a candidate. `history` has the newest version first.

    `earlier` are versions before the base that the candidate is held against too, the newest first; None stands
    for one that was left out because there are too many.
    """

    contract: str
    version: str
    profile: str
    base: Version | None
    base_candidate: Candidate | None
    history: tuple[str, ...]
    callers: tuple[Caller, ...]
    now: datetime
    earlier: tuple[tuple[str, Candidate | None], ...] = ()
    waivers: tuple[Waiver, ...] = ()
    """Granted ones, in force or ended lately."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`findings` are `Finding.as_dict`, `comparison` is `Comparison.as_dict`, `result` is `GateResult.as_dict`."""

    outcome: Outcome
    ruleset: str
    findings: tuple[Mapping[str, Any], ...]
    comparison: Mapping[str, Any] | None
    result: Mapping[str, Any]
    use: waiving.Use = waiving.NONE
    """Which waivers were needed, and which covered nothing."""


def compare(base: Candidate, revision: Candidate) -> Mapping[str, Any]:
    """What changed between two contracts; two of different kinds are not comparable and say so."""
    return diff.compare(base.api, revision.api).as_dict()


def judge(candidate: Candidate, facts: Facts) -> Judgement:
    """Validity, lint, comparison and the gate's decision over all of it.

    Raises `ContractError` for a profile that does not exist.
    """
    profile = profiles.load(facts.profile)
    request = gate.GateRequest(
        candidate=candidate.api,
        base=None if facts.base_candidate is None else facts.base_candidate.api,
        base_version=None if facts.base is None else facts.base.version,
        version=facts.version,
        is_first=facts.base is None,
        history=facts.history,
        ruleset=rulesets.load(profile.ruleset),
        rules=frozenset(rulesets.catalogue()),
        # Validity says nothing about references that lead nowhere; a contract with such holes is not valid.
        problems=(*candidate.documents.problems, *validity.check(candidate.documents)),
        lifecycle=None if facts.base is None else _lifecycle(facts.base),
        callers=tuple(_caller(one) for one in facts.callers),
        today=facts.now.date(),
        earlier=tuple(
            gate.Earlier(version, None if found is None else found.api) for version, found in facts.earlier
        ),
        waivers=waiving.of_findings(facts.waivers),
        approvals=waiving.of_changes(facts.waivers),
    )
    result = gate.decide(request, profile)
    told = result.as_dict()
    return Judgement(
        Outcome(result.outcome),
        profile.ruleset,
        tuple(told["findings"]),
        told["comparison"],
        told,
        waiving.use(result, facts.waivers),
    )


def _caller(one: Caller) -> gate.Caller:
    """Calls without a key count too: somebody made them."""
    return gate.Caller(one.consumer or "somebody without a key", frozenset(one.operations), one.calls)


def _lifecycle(base: Version) -> gate.Lifecycle:
    return gate.Lifecycle(
        state=str(base.state),
        deprecated_at=base.deprecated_at.date() if base.deprecated_at else None,
        sunset_at=base.sunset_at.date() if base.sunset_at else None,
        replacement=base.replacement,
    )
