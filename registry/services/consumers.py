"""Consumers, what they subscribe to, and their keys."""

from __future__ import annotations

import secrets as random
from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from registry.domain import names, numbers
from registry.domain.access import Scope
from registry.domain.contracts import State
from registry.domain.errors import Conflict, Invalid, NotFound
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.domain.parties import Consumer, Credential, IssuedKey, Subscription
from registry.store.tables import (
    ConsumerRow,
    ContractRow,
    CredentialRow,
    PlanRow,
    SubscriptionRow,
    VersionRow,
)

from . import contracts, teams
from .secrets import make
from .texts import clean
from .unit import Context

KEY = "lk"


def create(
    context: Context,
    name: str,
    *,
    title: str = "",
    owner: str | None = None,
    contact: str | None = None,
    description: str = "",
) -> Consumer:
    """Raises `Conflict` where the name is taken, `NotFound` for an unknown owner."""
    if not context.actor.may_anywhere(Scope.CONSUMERS_WRITE):
        context.actor.require(Scope.CONSUMERS_WRITE)
    names.check(name, "consumer")
    if owner is not None:
        teams.team(context, owner)
    if _find(context, name) is not None:
        raise Conflict("consumer-exists", f"The consumer {name} exists.", "Take another name, or use it.")
    row = ConsumerRow(
        id=random.token_hex(6),
        name=name,
        title=clean(title or name, 300),
        owner=owner,
        contact=clean(contact, 320) if contact else None,
        description=clean(description, 20_000),
        created_at=context.now,
    )
    context.session.add(row)
    context.session.flush()
    context.record("consumer.created", name, owner=owner)
    context.touch_bundles()
    return _consumer(row, (), ())


def get(context: Context, name: str) -> Consumer:
    """With its subscriptions and its keys' facts. Raises `NotFound`."""
    return _complete(context, [find(context, name)])[0]


def browse(context: Context, *, after: str | None = None, limit: int = USUAL) -> Page[Consumer]:
    limit = bounded(limit)
    query = select(ConsumerRow).order_by(ConsumerRow.name).limit(limit + 1)
    if key := read_cursor(after, str):
        query = query.where(ConsumerRow.name > key[0])
    rows = list(context.session.scalars(query))
    page = tuple(_complete(context, rows[:limit]))
    return Page(page, cursor(page[-1].name) if len(rows) > limit else None)


def subscribe(
    context: Context, name: str, contract: str, major: int, *, plan: str = "standard"
) -> Subscription:
    """Lets a consumer call a major line of a contract; again with another plan, it changes the plan.

    Raises `NotFound` where there is no such consumer, contract, line or plan.
    """
    consumer, target = find(context, name), contracts.find(context, contract)
    context.actor.require(Scope.CONSUMERS_WRITE, target.domain)
    if context.session.get(PlanRow, plan) is None:
        raise NotFound("no-such-plan", f"There is no plan {plan[:100]!r}.", "Create it first.")
    line = (
        select(VersionRow.id).where(VersionRow.contract_id == target.id, VersionRow.major == major).limit(1)
    )
    if context.session.scalar(line) is None:
        raise NotFound(
            "no-such-line", f"{contract} has no version {major}.x.", "Subscribe to one that it has."
        )
    row = _subscription_row(context, consumer, target, major)
    if row is None:
        row = SubscriptionRow(
            consumer_id=consumer.id, contract_id=target.id, major=major, plan=plan, created_at=context.now
        )
        context.session.add(row)
    elif row.ended_at is None and row.plan == plan:
        return _subscription(row, consumer.name, target)
    else:
        row.plan, row.ended_at = plan, None
    context.session.flush()
    context.record("subscription.written", contract, consumer=name, major=major, plan=plan)
    context.touch_bundles()
    return _subscription(row, consumer.name, target)


def unsubscribe(context: Context, name: str, contract: str, major: int) -> None:
    """Ends a subscription; again, it is a no-op. Raises `NotFound` where there never was one."""
    consumer, target = find(context, name), contracts.find(context, contract)
    context.actor.require(Scope.CONSUMERS_WRITE, target.domain)
    row = _subscription_row(context, consumer, target, major)
    if row is None:
        raise NotFound("no-such-subscription", f"{name} never subscribed to {contract} {major}.x.", "")
    if row.ended_at is None:
        row.ended_at = context.now
        context.record("subscription.ended", contract, consumer=name, major=major)
        context.touch_bundles()
        context.session.flush()


def extend(context: Context, name: str, contract: str, major: int, *, until: datetime | None) -> Subscription:
    """Lets a consumer call a line after its sunset, until a day; None takes that back.

    It is the line's owner who grants it. Raises `NotFound` where there is no subscription, `Invalid` for a time that
    has passed.
    """
    consumer, target = find(context, name), contracts.find(context, contract)
    context.actor.require(Scope.CONTRACTS_WRITE, target.domain)
    row = _subscription_row(context, consumer, target, major)
    if row is None or row.ended_at is not None:
        raise NotFound("no-such-subscription", f"{name} does not subscribe to {contract} {major}.x.", "")
    if until is not None and until <= context.now:
        raise Invalid("extension-in-the-past", "The extension would have ended already.", "Give a later day.")
    if row.extended_until != until:
        row.extended_until = until
        context.session.flush()
        context.record(
            "subscription.extended", contract, consumer=name, major=major, until=until and until.isoformat()
        )
        context.touch_bundles()
    return _subscription(row, consumer.name, target)


def pin(context: Context, name: str, contract: str, major: int, *, version: str | None) -> Subscription:
    """Holds a consumer's calls against a version of the line, or the newest of a minor line; None takes that back.

    It is the line's owner who grants it, as the version has to be kept running. Raises `NotFound` where there is no
    subscription or no such version, `Invalid` for what is no version of the line.
    """
    consumer, target = find(context, name), contracts.find(context, contract)
    context.actor.require(Scope.CONTRACTS_WRITE, target.domain)
    row = _subscription_row(context, consumer, target, major)
    if row is None or row.ended_at is not None:
        raise NotFound("no-such-subscription", f"{name} does not subscribe to {contract} {major}.x.", "")
    wanted = numbers.pin(version) if version is not None else None
    if wanted is not None:
        known = context.session.scalars(
            select(VersionRow.version).where(
                VersionRow.contract_id == target.id,
                VersionRow.major == major,
                VersionRow.state != str(State.DRAFT),
            )
        )
        if not any(numbers.pinned(wanted, each) for each in known):
            raise NotFound(
                "no-such-version",
                f"{contract} has no published version {wanted} in {major}.x.",
                "Pin to a version of the line, 1.4.2, or to a minor line of it, 1.4.",
            )
    if row.pin != wanted:
        row.pin = wanted
        context.session.flush()
        context.record("subscription.pinned", contract, consumer=name, major=major, version=wanted)
        context.touch_bundles()
    return _subscription(row, consumer.name, target)


def subscribers(context: Context, contract: str) -> tuple[Subscription, ...]:
    """Who subscribes to a contract now, in the order of their names."""
    target = contracts.find(context, contract)
    rows = context.session.execute(
        select(SubscriptionRow, ConsumerRow.name)
        .join(ConsumerRow, ConsumerRow.id == SubscriptionRow.consumer_id)
        .where(SubscriptionRow.contract_id == target.id, SubscriptionRow.ended_at.is_(None))
        .order_by(ConsumerRow.name, SubscriptionRow.major)
    )
    return tuple(_subscription(row, name, target) for row, name in rows)


def issue_key(
    context: Context, name: str, *, label: str = "", expires_at: datetime | None = None
) -> IssuedKey:
    """A new key. Its text is in the answer and nowhere else."""
    consumer = find(context, name)
    _may_write_keys(context)
    if expires_at is not None and expires_at <= context.now:
        raise Invalid("expires-in-the-past", "The key would have expired already.", "Give a later day.")
    secret = make(KEY)
    row = CredentialRow(
        id=secret.id,
        consumer_id=consumer.id,
        label=clean(label, 300),
        sha256=secret.sha256,
        created_at=context.now,
        created_by=context.actor.name,
        expires_at=expires_at,
    )
    context.session.add(row)
    context.session.flush()
    context.record(
        "key.issued", name, key=secret.id, expires_at=expires_at.isoformat() if expires_at else None
    )
    context.touch_bundles()
    return IssuedKey(_credential(row, consumer.name), secret.text)


def rotate_key(context: Context, name: str, key: str, *, until: datetime | None = None) -> IssuedKey:
    """A new key in place of an old one, which ends at `until`, or at once."""
    consumer = find(context, name)
    old = _key(context, consumer, key)
    if old.revoked_at is not None:
        raise Conflict("key-revoked", f"The key {key} was revoked.", "Issue a new one.")
    issued = issue_key(context, name, label=old.label)
    if until is None or until <= context.now:
        revoke_key(context, name, key)
    else:
        old.expires_at = until if old.expires_at is None else min(until, old.expires_at)
        context.record("key.expires", name, key=key, expires_at=old.expires_at.isoformat())
    context.session.flush()
    return issued


def revoke_key(context: Context, name: str, key: str) -> Credential:
    """Ends a key at once; again, it is a no-op."""
    consumer = find(context, name)
    _may_write_keys(context)
    row = _key(context, consumer, key)
    if row.revoked_at is None:
        row.revoked_at = context.now
        context.record("key.revoked", name, key=key)
        context.touch_bundles()
        context.session.flush()
    return _credential(row, consumer.name)


def find(context: Context, name: str) -> ConsumerRow:
    """The row itself, for other services."""
    row = _find(context, name)
    if row is None:
        raise NotFound(
            "no-such-consumer", f"There is no consumer {name[: names.LONGEST]!r}.", "Create it first."
        )
    return row


def names_of(context: Context, ids: set[str]) -> dict[str, str]:
    """Consumer names by id; ids that nobody has are left out."""
    rows = context.session.execute(select(ConsumerRow.id, ConsumerRow.name).where(ConsumerRow.id.in_(ids)))
    return {row.id: row.name for row in rows} if ids else {}


def _may_write_keys(context: Context) -> None:
    if not context.actor.may_anywhere(Scope.KEYS_WRITE):
        context.actor.require(Scope.KEYS_WRITE)


def _find(context: Context, name: str) -> ConsumerRow | None:
    return context.session.scalar(select(ConsumerRow).where(ConsumerRow.name == name))


def _key(context: Context, consumer: ConsumerRow, key: str) -> CredentialRow:
    row = context.session.get(CredentialRow, key)
    if row is None or row.consumer_id != consumer.id:
        raise NotFound(
            "no-such-key",
            f"{consumer.name} has no key {key[:20]!r}.",
            "Keys are named by the 8 characters after lk_.",
        )
    return row


def _subscription_row(
    context: Context, consumer: ConsumerRow, target: ContractRow, major: int
) -> SubscriptionRow | None:
    return context.session.scalar(
        select(SubscriptionRow).where(
            SubscriptionRow.consumer_id == consumer.id,
            SubscriptionRow.contract_id == target.id,
            SubscriptionRow.major == major,
        )
    )


def _complete(context: Context, rows: list[ConsumerRow]) -> list[Consumer]:
    ids = [row.id for row in rows]
    subscribed: defaultdict[str, list[Subscription]] = defaultdict(list)
    held: defaultdict[str, list[Credential]] = defaultdict(list)
    by_id = {row.id: row.name for row in rows}
    found = context.session.execute(
        select(SubscriptionRow, ContractRow)
        .join(ContractRow, ContractRow.id == SubscriptionRow.contract_id)
        .where(SubscriptionRow.consumer_id.in_(ids))
        .order_by(ContractRow.domain, ContractRow.name, SubscriptionRow.major)
    )
    for row, target in found:
        subscribed[row.consumer_id].append(_subscription(row, by_id[row.consumer_id], target))
    for key in context.session.scalars(
        select(CredentialRow).where(CredentialRow.consumer_id.in_(ids)).order_by(CredentialRow.created_at)
    ):
        held[key.consumer_id].append(_credential(key, by_id[key.consumer_id]))
    return [_consumer(row, tuple(subscribed[row.id]), tuple(held[row.id])) for row in rows]


def _consumer(
    row: ConsumerRow, subscriptions: tuple[Subscription, ...], credentials: tuple[Credential, ...]
) -> Consumer:
    return Consumer(
        row.id,
        row.name,
        row.title,
        row.owner,
        row.contact,
        row.description,
        row.created_at,
        subscriptions,
        credentials,
    )


def _subscription(row: SubscriptionRow, consumer: str, target: ContractRow) -> Subscription:
    return Subscription(
        row.id, consumer, target.identity, row.major, row.plan, row.created_at, row.ended_at,
        row.extended_until, row.pin,
    )  # fmt: skip


def _credential(row: CredentialRow, consumer: str) -> Credential:
    return Credential(
        row.id,
        consumer,
        row.label,
        row.created_at,
        row.created_by,
        row.expires_at,
        row.last_used_at,
        row.revoked_at,
    )
