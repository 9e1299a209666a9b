"""Versions as they are stored: read one, list them, find the one before another."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from registry.domain import numbers
from registry.domain.contracts import LIVE, Content, Version, VersionSummary, digest
from registry.domain.errors import Invalid, NotFound
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.store.tables import ContentRow, ContractRow, LintReportRow, VersionFileRow, VersionRow

from . import contracts
from .summaries import summary, version
from .unit import Context


def get(context: Context, identity: str, number: str) -> Version:
    """One version; `latest` is the highest that is published or deprecated. Raises `NotFound`."""
    contract = contracts.find(context, identity)
    return whole(context, contract, row(context, contract, number))


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
    return None if found is None else whole(context, contract, found)


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
    return tuple(whole(context, contract, found) for found in context.session.scalars(query))


def row(context: Context, contract: ContractRow, number: str) -> VersionRow:
    """The row itself, for other services."""
    found = (
        context.session.scalar(
            select(VersionRow).where(VersionRow.contract_id == contract.id, VersionRow.is_latest)
        )
        if number == "latest"
        else row_or_none(context, contract, number)
    )
    if found is None:
        raise NotFound(
            "no-such-version",
            f"{contract.identity} has no version {number[: numbers.LONGEST]!r}.",
            f"`lading show {contract.identity}` lists those it has.",
        )
    return found


def row_or_none(context: Context, contract: ContractRow, number: str) -> VersionRow | None:
    """The row of exactly this number, for other services."""
    return context.session.scalar(
        select(VersionRow).where(VersionRow.contract_id == contract.id, VersionRow.version == number)
    )


def whole(context: Context, contract: ContractRow, found: VersionRow) -> Version:
    """A row with its files, for other services."""
    rows = context.session.execute(
        select(VersionFileRow.name, VersionFileRow.digest)
        .where(VersionFileRow.version_id == found.id)
        .order_by(VersionFileRow.name)
    )
    listed: Mapping[str, str] = {row.name: row.digest for row in rows}
    return version(found, contract, listed)
