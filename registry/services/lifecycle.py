"""The life of a version: a draft is published, its end is announced, and one day it is retired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from registry.domain import names
from registry.domain.access import Scope
from registry.domain.contracts import LIVE, State, Version, VersionSummary
from registry.domain.dependents import Dependent, told
from registry.domain.errors import Conflict, Invalid
from registry.domain.pages import USUAL, bounded
from registry.store.tables import ContractRow, VersionRow

from . import contracts, dependents, versions
from .summaries import summary
from .texts import clean
from .unit import Context

LONGEST_REASON = 2_000
MOST_LISTED = 100
"""Those that a version serves, in a refusal and in the audit's entry."""


def publish_draft(context: Context, identity: str, number: str) -> Version:
    """A draft becomes published. Raises `Conflict` for anything that is no draft."""
    contract = contracts.find(context, identity)
    context.actor.require(Scope.CONTRACTS_WRITE, contract.domain)
    found = versions.row(context, contract, number)
    require_draft(versions.whole(context, contract, found))
    found.state, found.published_at, found.published_by = State.PUBLISHED, context.now, context.actor.name
    refresh_latest(context, contract)
    context.record("version.published", f"{identity}@{found.version}", digest=found.digest)
    context.touch_bundles()
    context.session.flush()
    return versions.whole(context, contract, found)


def deprecate(
    context: Context,
    identity: str,
    number: str,
    *,
    sunset_at: datetime | None = None,
    replacement: str | None = None,
    deprecated_at: datetime | None = None,
) -> Version:
    """Announces the end of a version; again with other dates, it changes the announcement.

    `replacement` is `domain/name@version` or a version of this contract, and must exist. Raises `Conflict` for
    a draft or a retired version, `Invalid` for a sunset before the deprecation.
    """
    contract = contracts.find(context, identity)
    context.actor.require(Scope.CONTRACTS_WRITE, contract.domain)
    found = versions.row(context, contract, number)
    if found.state not in LIVE:
        raise Conflict(
            "not-live",
            f"{identity}@{found.version} is {found.state}.",
            "Only a published version can be deprecated.",
        )
    since = deprecated_at or found.deprecated_at or context.now
    until = sunset_at or found.sunset_at
    if until is not None and until <= since:
        raise Invalid(
            "sunset-too-early", "The sunset lies before the deprecation.", "Give a later day, or none yet."
        )
    if replacement is not None:
        replacement = _replacement(context, identity, found.version, replacement)
    wanted = (State.DEPRECATED, since, until, replacement or found.replacement)
    if wanted != (found.state, found.deprecated_at, found.sunset_at, found.replacement):
        found.state, found.deprecated_at, found.sunset_at, found.replacement = wanted
        contract.updated_at = context.now
        context.record(
            "version.deprecated",
            f"{identity}@{found.version}",
            sunset_at=until.isoformat() if until else None,
            replacement=found.replacement,
        )
        context.touch_bundles()
        context.session.flush()
    return versions.whole(context, contract, found)


def retire(context: Context, identity: str, number: str, *, force: bool = False, reason: str = "") -> Version:
    """Ends a version; its number and its bytes stay. Again, it is a no-op.

    Gateways serve the newest live version that is left of its line, and answer 410 where there is none.

    Raises `Conflict` where it was not deprecated before, its sunset still lies ahead, or it still serves somebody
    (see `dependents`). `force` ends it for them too, and needs a `reason`, which is kept with their names; a promised
    sunset is not forced. Raises `Invalid` for force without a reason.
    """
    contract = contracts.find(context, identity)
    context.actor.require(Scope.CONTRACTS_WRITE, contract.domain)
    reason = clean(reason.strip(), LONGEST_REASON)
    if force and not reason:
        raise Invalid(
            "reason-missing", "Force needs a reason.", "Say why it cannot wait for those it serves."
        )
    found = versions.row(context, contract, number)
    if found.state == State.RETIRED:
        return versions.whole(context, contract, found)
    if found.state == State.PUBLISHED:
        raise Conflict(
            "not-deprecated",
            f"{identity}@{found.version} was never deprecated.",
            "Deprecate it first, with a sunset.",
        )
    if found.sunset_at is not None and found.sunset_at > context.now:
        raise Conflict(
            "before-sunset",
            f"{identity}@{found.version} was promised until {found.sunset_at:%Y-%m-%d}.",
            "Retire it after that day.",
        )
    served = dependents.of(context, identity, found.version)
    if served and not force:
        raise _still_used(f"{identity}@{found.version}", served)
    found.state, found.retired_at = State.RETIRED, context.now
    refresh_latest(context, contract)
    contract.updated_at = context.now
    context.record(
        "version.retired",
        f"{identity}@{found.version}",
        **({"reason": reason} if reason else {}),
        **({"served": _listed(served)} if served else {}),
    )
    context.touch_bundles()
    context.session.flush()
    return versions.whole(context, contract, found)


def calendar(context: Context, *, limit: int = USUAL) -> tuple[VersionSummary, ...]:
    """Deprecated versions in the order of their sunset; those without a date come last."""
    query = (
        select(VersionRow, ContractRow)
        .join(ContractRow, ContractRow.id == VersionRow.contract_id)
        .where(VersionRow.state == State.DEPRECATED)
        .order_by(VersionRow.sunset_at.is_(None), VersionRow.sunset_at, VersionRow.id)
        .limit(bounded(limit))
    )
    return tuple(
        summary(found, contract.identity, None) for found, contract in context.session.execute(query)
    )


def require_draft(there: Version) -> None:
    """Raises `Conflict` for a version that was published already."""
    if there.state != State.DRAFT:
        raise Conflict("not-a-draft", f"{there.reference} is {there.state}.", "Nothing is left to do.")


def refresh_latest(context: Context, contract: ContractRow) -> None:
    """Sets the mark on the highest live version, after anything that may have moved it."""
    session = context.session
    session.flush()
    best = session.scalar(
        select(VersionRow)
        .where(VersionRow.contract_id == contract.id, VersionRow.state.in_([str(s) for s in LIVE]))
        .order_by(VersionRow.position.desc(), VersionRow.id.desc())
        .limit(1)
    )
    for marked in session.scalars(
        select(VersionRow).where(VersionRow.contract_id == contract.id, VersionRow.is_latest)
    ):
        if marked is not best:
            marked.is_latest = False
    session.flush()  # the mark is unique for each contract, so the old one must go first
    if best is not None and not best.is_latest:
        best.is_latest = True
        contract.title, contract.description = best.title or contract.name, best.description
    session.flush()


def _replacement(context: Context, identity: str, number: str, replacement: str) -> str:
    other, wanted = names.reference(replacement) if "/" in replacement else (identity, replacement)
    target = contracts.find(context, other)
    if wanted is None:
        return other
    found = versions.row(context, target, wanted)
    if (other, found.version) == (identity, number):
        raise Invalid(
            "own-replacement", "A version cannot replace itself.", "Name the one that people should take."
        )
    return f"{other}@{found.version}"


def _still_used(reference: str, served: Sequence[Dependent]) -> Conflict:
    return Conflict(
        "still-used",
        f"{reference} is still used: {told(served)}.",
        "Let them move first, or announce a sunset, which tells them and ends it for all. Force with a reason ends it"
        " now.",
        details={"dependents": _listed(served)},
    )


def _listed(served: Sequence[Dependent]) -> list[dict[str, Any]]:
    return [
        {**asdict(each), "last_at": each.last_at.isoformat() if each.last_at else None}
        for each in served[:MOST_LISTED]
    ]
