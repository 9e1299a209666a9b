"""Storing a version once and for ever: the same bytes again are a no-op, other bytes under its number are refused."""

from __future__ import annotations

from typing import NoReturn

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from registry.domain import numbers
from registry.domain.access import Scope
from registry.domain.contracts import State, Version
from registry.domain.errors import Conflict, Invalid
from registry.store.tables import ContentRow, ContractRow, VersionFileRow, VersionRow

from . import contracts, lifecycle, versions
from .candidates import Candidate
from .unit import Context


def store(
    context: Context, identity: str, number: str, candidate: Candidate, *, draft: bool = False
) -> tuple[Version, bool]:
    """The version, and whether it was stored now: the same bytes again are a no-op.

    Raises `Conflict` for other bytes under a used version, whatever its state, also where another writer
    came first by a moment; `Invalid` for a number of another scheme than the contract's. The judgement comes
    before (see `publishing`); this is the write.
    """
    contract = contracts.find(context, identity)
    context.actor.require(Scope.CONTRACTS_WRITE, contract.domain)
    parsed = numbers.parse(number)
    require_kind(contract.identity, contract.kind, candidate)
    if (before := versions.row_or_none(context, contract, number)) is not None:
        return _again(context, contract, before, candidate, draft=draft), False
    _same_scheme(context, contract, parsed)
    _contents(context, candidate)
    new = _new(context, contract, parsed, candidate, draft)
    try:
        with context.session.begin_nested():
            context.session.add(new)
    except IntegrityError:
        # Another writer was first; what it wrote decides whether this is a repetition or a conflict.
        before = versions.row_or_none(context, contract, number)
        if before is None:
            raise
        return _again(context, contract, before, candidate, draft=draft), False
    for name, file_digest in candidate.digests.items():
        context.session.add(VersionFileRow(version_id=new.id, name=name, digest=file_digest))
    contract.versions = (
        context.session.scalar(select(func.count()).where(VersionRow.contract_id == contract.id)) or 0
    )
    contract.updated_at = context.now
    lifecycle.refresh_latest(context, contract)
    context.record(f"version.{new.state}", f"{identity}@{number}", digest=new.digest)
    context.touch_bundles()
    context.session.flush()
    return versions.whole(context, contract, new), True


def require_kind(identity: str, kind: str, candidate: Candidate) -> None:
    """Raises `Conflict` for events under a contract for calls, and the other way round."""
    if candidate.kind != kind:
        raise Conflict(
            "other-kind",
            f"{identity} is an {kind} contract, and this is {candidate.specification}.",
            "Publish it under a name of its own.",
        )


def refuse_other_bytes(there: Version, candidate: Candidate) -> NoReturn:
    """Raises the `Conflict` that meets other content under a used number."""
    raise Conflict(
        "version-taken",
        f"{there.reference} is {there.state} with other content.",
        "A version never changes: give the new content a new number.",
        details={"version": there.version, "stored": there.digest, "sent": candidate.digest},
    )


def _new(
    context: Context, contract: ContractRow, number: numbers.Number, candidate: Candidate, draft: bool
) -> VersionRow:
    return VersionRow(
        contract_id=contract.id,
        version=number.text,
        scheme=number.scheme,
        position=number.position,
        major=number.major,
        state=str(State.DRAFT if draft else State.PUBLISHED),
        is_latest=False,
        root=candidate.root,
        digest=candidate.digest,
        specification=candidate.specification,
        title=candidate.title,
        description=candidate.description,
        operations=candidate.operations,
        created_at=context.now,
        created_by=context.actor.name,
        published_at=None if draft else context.now,
        published_by=None if draft else context.actor.name,
    )


def _contents(context: Context, candidate: Candidate) -> None:
    known = set(
        context.session.scalars(
            select(ContentRow.digest).where(ContentRow.digest.in_(candidate.digests.values()))
        )
    )
    for name, file_digest in candidate.digests.items():
        if file_digest in known:
            continue
        known.add(file_digest)
        data = candidate.files[name]
        new = ContentRow(digest=file_digest, data=data, size=len(data), created_at=context.now)
        try:
            with context.session.begin_nested():
                context.session.add(new)
        except IntegrityError:
            # Another writer stored the same bytes a moment ago; by their digest they are the same.
            context.session.expire_all()


def _again(
    context: Context, contract: ContractRow, before: VersionRow, candidate: Candidate, *, draft: bool
) -> Version:
    there = versions.whole(context, contract, before)
    if there.digest != candidate.digest:
        refuse_other_bytes(there, candidate)
    if there.state == State.DRAFT and not draft:
        return lifecycle.publish_draft(context, contract.identity, there.version)
    return there


def _same_scheme(context: Context, contract: ContractRow, number: numbers.Number) -> None:
    used = context.session.scalar(
        select(VersionRow.scheme).where(VersionRow.contract_id == contract.id).limit(1)
    )
    if used is not None and used != number.scheme:
        kinds = {"semver": "three numbers (1.4.0)", "date": "dates (2026-07-31)"}
        raise Invalid(
            "other-scheme",
            f"The versions of {contract.identity} are {kinds[used]}, and {number.text} is not.",
            "Keep to one way of counting, so that versions have an order.",
        )
