"""Versions: stored once and for ever, then published, deprecated, retired. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NoReturn

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from registry.domain import names, numbers
from registry.domain.access import Scope
from registry.domain.contracts import LIVE, Content, State, Version, VersionSummary, digest
from registry.domain.errors import Conflict, Invalid, NotFound
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.store.tables import ContentRow, ContractRow, LintReportRow, VersionFileRow, VersionRow

from . import contracts
from .candidates import Candidate
from .summaries import summary, version
from .unit import Context


def get(context: Context, identity: str, number: str) -> Version:
    """One version; `latest` is the highest that is published or deprecated. Raises `NotFound`."""
    contract = contracts.find(context, identity)
    return _version(context, contract, row(context, contract, number))


def browse(
    context: Context, identity: str, *, after: str | None = None, limit: int = USUAL
) -> Page[VersionSummary]:
    """The versions of a contract, the highest first."""
    contract = contracts.find(context, identity)
    query = (
        select(VersionRow, LintReportRow)
        .outerjoin(LintReportRow, LintReportRow.version_id == VersionRow.id)
        .where(VersionRow.contract_id == contract.id)
        .order_by(VersionRow.position.desc(), VersionRow.id.desc())
    )
    if key := read_cursor(after, str, int):
        try:
            position = bytes.fromhex(key[0])
        except ValueError:
            raise Invalid("invalid-cursor", "`after` does not come from this list.", "Begin again.") from None
        query = query.where(
            (VersionRow.position < position) | ((VersionRow.position == position) & (VersionRow.id < key[1]))
        )
    limit = bounded(limit)
    rows = context.session.execute(query.limit(limit + 1)).all()
    more = len(rows) > limit
    page = tuple(summary(found, contract.identity, lint) for found, lint in rows[:limit])
    last = rows[limit - 1][0] if more else None
    return Page(page, cursor(last.position.hex(), last.id) if last is not None else None)


def content(context: Context, content_digest: str) -> Content:
    """The bytes under a digest, checked against it. Raises `NotFound`."""
    found = context.session.scalar(select(ContentRow.data).where(ContentRow.digest == content_digest))
    if found is None:
        raise NotFound(
            "no-such-content", f"There is no content {content_digest[:80]}.", "Digests are sha256:<64 hex>."
        )
    if digest(found) != content_digest:
        raise RuntimeError(f"the stored content {content_digest} is damaged")
    return Content(content_digest, found)


def files(context: Context, stored: Version) -> dict[str, bytes]:
    """All files of a version, by name."""
    return {name: content(context, file_digest).data for name, file_digest in stored.files.items()}


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
    if (before := _find(context, contract, number)) is not None:
        return _again(context, contract, before, candidate, draft=draft), False
    _same_scheme(context, contract, parsed)
    _contents(context, candidate)
    new = _new(context, contract, parsed, candidate, draft)
    try:
        with context.session.begin_nested():
            context.session.add(new)
    except IntegrityError:
        # Another writer was first; what it wrote decides whether this is a repetition or a conflict.
        before = _find(context, contract, number)
        if before is None:
            raise
        return _again(context, contract, before, candidate, draft=draft), False
    for name, file_digest in candidate.digests.items():
        context.session.add(VersionFileRow(version_id=new.id, name=name, digest=file_digest))
    contract.versions = (
        context.session.scalar(select(func.count()).where(VersionRow.contract_id == contract.id)) or 0
    )
    contract.updated_at = context.now
    refresh_latest(context, contract)
    context.record(f"version.{new.state}", f"{identity}@{number}", digest=new.digest)
    context.touch_bundles()
    context.session.flush()
    return _version(context, contract, new), True


def publish_draft(context: Context, identity: str, number: str) -> Version:
    """A draft becomes published. Raises `Conflict` for anything that is no draft."""
    contract = contracts.find(context, identity)
    context.actor.require(Scope.CONTRACTS_WRITE, contract.domain)
    found = row(context, contract, number)
    require_draft(_version(context, contract, found))
    found.state, found.published_at, found.published_by = State.PUBLISHED, context.now, context.actor.name
    refresh_latest(context, contract)
    context.record("version.published", f"{identity}@{found.version}", digest=found.digest)
    context.touch_bundles()
    context.session.flush()
    return _version(context, contract, found)


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
    found = row(context, contract, number)
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
    return _version(context, contract, found)


def retire(context: Context, identity: str, number: str) -> Version:
    """Ends a version: gateways answer 410 for it. Its number and its bytes stay. Again, it is a no-op.

    Raises `Conflict` where it was not deprecated before, or its sunset still lies ahead.
    """
    contract = contracts.find(context, identity)
    context.actor.require(Scope.CONTRACTS_WRITE, contract.domain)
    found = row(context, contract, number)
    if found.state == State.RETIRED:
        return _version(context, contract, found)
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
    found.state, found.retired_at = State.RETIRED, context.now
    refresh_latest(context, contract)
    contract.updated_at = context.now
    context.record("version.retired", f"{identity}@{found.version}")
    context.touch_bundles()
    context.session.flush()
    return _version(context, contract, found)


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


def predecessor(context: Context, identity: str, number: str | None) -> Version | None:
    """What a new version is compared with: the highest live one that is not above it, or None.

    Without a number, the latest.
    """
    if not contracts.exists(context, identity):
        return None
    contract = contracts.find(context, identity)
    query = select(VersionRow).where(
        VersionRow.contract_id == contract.id, VersionRow.state.in_([str(state) for state in LIVE])
    )
    if number is not None:
        parsed = numbers.parse(number)
        query = query.where(VersionRow.position <= parsed.position, VersionRow.scheme == parsed.scheme)
    found = context.session.scalar(query.order_by(VersionRow.position.desc(), VersionRow.id.desc()).limit(1))
    return None if found is None else _version(context, contract, found)


def live_before(context: Context, identity: str, number: str, limit: int) -> tuple[Version, ...]:
    """The live versions that are not above a number, the highest first."""
    contract = contracts.find(context, identity)
    parsed = numbers.parse(number)
    query = (
        select(VersionRow)
        .where(
            VersionRow.contract_id == contract.id,
            VersionRow.state.in_([str(state) for state in LIVE]),
            VersionRow.position <= parsed.position,
            VersionRow.scheme == parsed.scheme,
        )
        .order_by(VersionRow.position.desc(), VersionRow.id.desc())
        .limit(limit)
    )
    return tuple(_version(context, contract, found) for found in context.session.scalars(query))


def require_draft(there: Version) -> None:
    """Raises `Conflict` for a version that was published already."""
    if there.state != State.DRAFT:
        raise Conflict("not-a-draft", f"{there.reference} is {there.state}.", "Nothing is left to do.")


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


def row(context: Context, contract: ContractRow, number: str) -> VersionRow:
    """The row itself, for other services."""
    found = (
        context.session.scalar(
            select(VersionRow).where(VersionRow.contract_id == contract.id, VersionRow.is_latest)
        )
        if number == "latest"
        else _find(context, contract, number)
    )
    if found is None:
        raise NotFound(
            "no-such-version",
            f"{contract.identity} has no version {number[: numbers.LONGEST]!r}.",
            f"`lading show {contract.identity}` lists those it has.",
        )
    return found


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
    there = _version(context, contract, before)
    if there.digest != candidate.digest:
        refuse_other_bytes(there, candidate)
    if there.state == State.DRAFT and not draft:
        return publish_draft(context, contract.identity, there.version)
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


def _replacement(context: Context, identity: str, number: str, replacement: str) -> str:
    other, wanted = names.reference(replacement) if "/" in replacement else (identity, replacement)
    target = contracts.find(context, other)
    if wanted is None:
        return other
    found = row(context, target, wanted)
    if (other, found.version) == (identity, number):
        raise Invalid(
            "own-replacement", "A version cannot replace itself.", "Name the one that people should take."
        )
    return f"{other}@{found.version}"


def _find(context: Context, contract: ContractRow, number: str) -> VersionRow | None:
    return context.session.scalar(
        select(VersionRow).where(VersionRow.contract_id == contract.id, VersionRow.version == number)
    )


def _version(context: Context, contract: ContractRow, found: VersionRow) -> Version:
    rows = context.session.execute(
        select(VersionFileRow.name, VersionFileRow.digest)
        .where(VersionFileRow.version_id == found.id)
        .order_by(VersionFileRow.name)
    )
    listed: Mapping[str, str] = {row.name: row.digest for row in rows}
    return version(found, contract, listed)
