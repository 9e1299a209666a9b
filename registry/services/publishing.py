"""Publishing: read, judge, and store, or refuse with the reasons kept.

Judging a large contract takes seconds, so it happens between two transactions: one looks at what the candidate
is to be compared with, the other stores everything at once, unless that has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from linters import gate
from policies import profiles
from registry.domain import names, numbers
from registry.domain.access import Actor, Scope
from registry.domain.contracts import State, Version, digest, set_digest
from registry.domain.errors import Invalid, NotFound, Stale
from registry.domain.reports import DiffReport, GateRun, Outcome
from registry.domain.traffic import Caller

from . import (
    catalogue,
    contracts,
    gates,
    judgement,
    lifecycle,
    reports,
    storing,
    teams,
    traffic,
    versions,
    waivers,
)
from .candidates import Candidate, read
from .judgement import Facts, Judgement
from .registry import Registry
from .unit import Context

_ATTEMPTS = 3
Source = Literal["publish", "import", "check"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody wants to publish.

    A draft, too, is stored whatever the gate says; publishing it asks again. `version` None takes `info.version`. `owner`, `system` and `title` count when the contract is new. With
    `source="import"` the version is stored whatever the gate says, and the run tells what it said.
    """

    contract: str
    files: Mapping[str, bytes] = field(repr=False)
    root: str
    version: str | None = None
    owner: str | None = None
    system: str | None = None
    profile: str | None = None
    source: Source = "publish"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of a proposal.

    `stored`: it is there now. `unchanged`: the same bytes were there already, nothing was judged or written.
    `refused`: the gate said no; `run` says why and `version` is None.
    """

    status: Literal["stored", "unchanged", "refused"]
    version: Version | None
    run: GateRun | None


def publish(registry: Registry, actor: Actor, proposal: Proposal) -> Publication:
    """Raises `ContractError` for files that cannot be read, and the domain errors of `versions.store`.

    Whoever takes over what exists, or chooses another profile than the house's, decides about policy: that
    needs `landscape:write`, which owners do not hold.
    """
    domain, _ = names.split(proposal.contract)
    actor.require(Scope.CONTRACTS_WRITE, domain)
    if proposal.source == "import" or proposal.profile not in (None, registry.settings.profile):
        actor.require(Scope.LANDSCAPE_WRITE, domain)
    if (known := _known(registry, actor, proposal)) is not None:
        return Publication("unchanged", known, None)
    candidate = read(proposal.files, proposal.root, limits=registry.settings.limits)
    number = _number(proposal, candidate)
    for attempt in range(_ATTEMPTS):
        with registry.unit.read(actor) as context:
            if (same := _unchanged(context, proposal, number, candidate)) is not None:
                return Publication("unchanged", same, None)
            facts = _facts(context, registry, proposal, number, candidate)
        judged = judgement.judge(candidate, facts)
        try:
            with registry.unit(actor) as context:
                return _keep(context, registry, proposal, number, candidate, facts, judged)
        except Stale:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def promote(registry: Registry, actor: Actor, contract: str, number: str) -> Publication:
    """Publishes a draft, judged anew. Raises `Conflict` for what is no draft."""
    with registry.unit.read(actor) as context:
        draft = versions.get(context, contract, number)
        lifecycle.require_draft(draft)
        files = versions.files(context, draft)
    return publish(registry, actor, Proposal(contract, files, draft.root, version=draft.version))


def check(registry: Registry, actor: Actor, proposal: Proposal) -> GateRun:
    """Asks the gate and stores nothing but its answer: what CI does."""
    domain, _ = names.split(proposal.contract)
    actor.require(Scope.CONTRACTS_GATE, domain)
    candidate = read(proposal.files, proposal.root, limits=registry.settings.limits)
    number = _number(proposal, candidate)
    with registry.unit.read(actor) as context:
        facts = _facts(context, registry, proposal, number, candidate)
    judged = judgement.judge(candidate, facts)
    with registry.unit(actor) as context:
        return _run(context, proposal, number, candidate, facts, judged)


def compare(registry: Registry, actor: Actor, contract: str, base: str, revision: str) -> DiffReport:
    """The comparison of two stored versions; made now where it was not yet."""
    with registry.unit.read(actor) as context:
        known = reports.diff(context, contract, base, revision)
        if known is not None:
            return known
        first = _stored(context, registry, versions.get(context, contract, base))
        second = _stored(context, registry, versions.get(context, contract, revision))
    comparison = judgement.compare(first, second)
    with registry.unit(actor) as context:
        return reports.store_diff(context, contract, base, revision, comparison)


def _number(proposal: Proposal, candidate: Candidate) -> str:
    if proposal.version is not None:
        return numbers.parse(proposal.version).text
    number = numbers.lenient(candidate.stated)
    if number is None:
        raise Invalid(
            "no-version",
            f"info.version is {candidate.stated[:80]!r}, which is no version.",
            "Say which version this is, as 1.4.0 or as a date, or mend info.version.",
        )
    return number.text


def _known(registry: Registry, actor: Actor, proposal: Proposal) -> Version | None:
    """The version that is these very files, told by their digests alone: an import repeated reads nothing."""
    if proposal.version is None:
        return None
    sent = set_digest(proposal.root, {name: digest(data) for name, data in proposal.files.items()})
    with registry.unit.read(actor) as context:
        try:
            there = versions.get(context, proposal.contract, proposal.version)
        except NotFound:
            return None
    draft = there.state == State.DRAFT and not proposal.draft
    return there if there.digest == sent and not draft else None


def _unchanged(context: Context, proposal: Proposal, number: str, candidate: Candidate) -> Version | None:
    if not contracts.exists(context, proposal.contract):
        return None
    try:
        there = versions.get(context, proposal.contract, number)
    except NotFound:
        return None
    promoted = there.state == State.DRAFT and not proposal.draft
    if there.digest != candidate.digest:
        storing.refuse_other_bytes(there, candidate)
    return None if promoted else there


def _facts(
    context: Context, registry: Registry, proposal: Proposal, number: str, candidate: Candidate
) -> Facts:
    if contracts.exists(context, proposal.contract):
        kind = contracts.find(context, proposal.contract).kind
        storing.require_kind(proposal.contract, kind, candidate)
    base = versions.predecessor(context, proposal.contract, number)
    profile = proposal.profile or ("legacy" if proposal.source == "import" else registry.settings.profile)
    history: tuple[str, ...] = ()
    earlier: tuple[tuple[str, Candidate | None], ...] = ()
    callers: tuple[Caller, ...] = ()
    if base is not None:
        page = versions.browse(context, proposal.contract, limit=200)
        history = tuple(one.version for one in page.items)
        callers = traffic.callers(context, proposal.contract, base.version)
        earlier = _earlier(context, registry, proposal.contract, number, base, profile)
    return Facts(
        contract=proposal.contract,
        version=number,
        profile=profile,
        base=base,
        base_candidate=None if base is None else _stored(context, registry, base),
        history=history,
        callers=callers,
        now=context.now,
        waivers=waivers.counting(context, proposal.contract),
        earlier=earlier,
    )


def _earlier(
    context: Context, registry: Registry, contract: str, number: str, base: Version, profile: str
) -> tuple[tuple[str, Candidate | None], ...]:
    """The versions besides the base that the profile's policy holds a candidate against."""
    policy = profiles.load(profile).policy
    found = {
        one.version: one for one in versions.live_before(context, contract, number, gate.MOST_EARLIER + 2)
    }
    wanted = gate.versions_to_compare(policy, base.version, tuple(found))
    return tuple(
        (version, _stored(context, registry, found[version]) if place < gate.MOST_EARLIER else None)
        for place, version in enumerate(wanted)
    )


def _stored(context: Context, registry: Registry, version: Version) -> Candidate:
    return read(versions.files(context, version), version.root, limits=registry.settings.limits)


def _keep(
    context: Context,
    registry: Registry,
    proposal: Proposal,
    number: str,
    candidate: Candidate,
    facts: Facts,
    judged: Judgement,
) -> Publication:
    if versions.predecessor(context, proposal.contract, number) != facts.base:
        raise Stale(
            "base-moved",
            f"{proposal.contract} got another version meanwhile.",
            "Try again: it is compared anew.",
        )
    if waivers.counting(context, proposal.contract) != facts.waivers:
        raise Stale(
            "waivers-moved",
            f"A waiver of {proposal.contract} was decided meanwhile.",
            "Try again: it is judged anew.",
        )
    if judged.outcome is not Outcome.PASS and proposal.source != "import" and not proposal.draft:
        if contracts.exists(context, proposal.contract):
            _refuse_used(context, proposal, number, candidate)
        return Publication("refused", None, _run(context, proposal, number, candidate, facts, judged))
    if not contracts.exists(context, proposal.contract):
        _create(context, proposal, candidate)
    version, stored = storing.store(context, proposal.contract, number, candidate, draft=proposal.draft)
    if not stored and version.state == State.DRAFT:
        return Publication("unchanged", version, None)
    run = _run(context, proposal, number, candidate, facts, judged)
    reports.store_lint(context, version.id, judged.ruleset, judged.findings)
    waivers.note_use(context, proposal.contract, number, judged.use)
    if judged.comparison is not None and facts.base is not None and facts.base.id != version.id:
        reports.store_diff(context, proposal.contract, facts.base.version, version.version, judged.comparison)
    contract = contracts.find(context, proposal.contract)
    if contracts.get(context, proposal.contract).latest is not None:
        latest = versions.row(context, contract, "latest")
        if latest.id == version.id:
            catalogue.reindex(context, contract, candidate)
    return Publication("stored", version, run)


def _refuse_used(context: Context, proposal: Proposal, number: str, candidate: Candidate) -> None:
    """A used number is the truer reason than what the gate found."""
    try:
        there = versions.get(context, proposal.contract, number)
    except NotFound:
        return
    if there.digest != candidate.digest:
        storing.refuse_other_bytes(there, candidate)


def _create(context: Context, proposal: Proposal, candidate: Candidate) -> None:
    domain, _ = names.split(proposal.contract)
    if proposal.owner is None:
        raise Invalid(
            "no-owner",
            f"{proposal.contract} is new, and nobody is named as its owner.",
            "Say which team owns it.",
        )
    if context.actor.may(Scope.LANDSCAPE_WRITE):
        _ensure(context, domain, proposal.owner)
    contracts.create(
        context,
        proposal.contract,
        kind=candidate.kind,
        owner=proposal.owner,
        system=proposal.system,
        title=candidate.title,
        description=candidate.description,
    )


def _ensure(context: Context, domain: str, owner: str) -> None:
    """Domain and team come into being with the first contract, where the actor could have made them."""
    if all(one.name != domain for one in teams.domains(context)):
        teams.put_domain(context, domain)
    if all(one.name != owner for one in teams.teams(context)):
        teams.put_team(context, owner)


def _run(
    context: Context, proposal: Proposal, number: str, candidate: Candidate, facts: Facts, judged: Judgement
) -> GateRun:
    return gates.store(
        context,
        proposal.contract,
        number,
        digest=candidate.digest,
        profile=facts.profile,
        source=proposal.source,
        base=None if facts.base is None else facts.base.version,
        result=judged.result,
    )
