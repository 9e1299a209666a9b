"""Contracts for events: what the application sends and receives, and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.model import EventApi, EventOperation, Origin, Reply
from linters.diff import pairing
from linters.diff.policy import CompatPolicy
from linters.diff.transitions import Transition, Walk
from linters.diff.variance import of_message

from . import bindings, channels, extensions, messages, security, servers
from .channels import address_of
from .http import whole


def walk(base: EventApi, revision: EventApi, policy: CompatPolicy) -> Walk:
    """Every transition between two contracts for events."""
    del policy
    yield from security.schemes(base.security_schemes, revision.security_schemes)
    renamed = security.renamed_schemes(base.security_schemes, revision.security_schemes)
    yield from servers.walk(base.servers, revision.servers, None, renamed)
    yield from whole(base, revision)
    yield from _identity(base, revision)
    yield from channels.walk(base, revision)
    found = pairing.event_operations(base.operations, revision.operations)
    for one in found.removed:
        data = {"name": address_of(one.channel)}
        yield Transition(one.action, "removed", key_of(one), one.origin, None, data=data)
    for one in found.added:
        data = {"name": address_of(one.channel)}
        yield Transition(one.action, "added", key_of(one), None, one.origin, data=data)
    keyed = channels.same_major(base, revision)
    for old, new in found.both:
        yield from _operation(old, new, renamed, keyed)


def key_of(operation: EventOperation) -> str:
    """`receive orders/created`: how an event operation is called in changes."""
    return f"{operation.action} {address_of(operation.channel)}"


def _identity(base: EventApi, revision: EventApi) -> Walk:
    """The `id` of the application, by which others may know it."""
    roots = [one.documents.root for one in (base, revision)]
    ids = [root.value.get("id") if isinstance(root.value, Mapping) else None for root in roots]
    if ids[0] != ids[1]:
        data = {"before": ids[0], "after": ids[1]}
        at = [
            Origin(root.source, ("id",) if one is not None else ())
            for root, one in zip(roots, ids, strict=True)
        ]
        yield Transition("application-id", "changed", None, at[0], at[1], data=data)


def _operation(
    base: EventOperation, revision: EventOperation, renamed: Mapping[str, str], keyed: bool
) -> Walk:
    key, name = key_of(base), address_of(revision.channel)
    flow, places = of_message(base.action), (base.origin, revision.origin)
    carried = bindings.Carried(base.action, flow)
    yield from bindings.walk("operation", key, places, base.bindings, revision.bindings, carried)
    asked = security.Asked("security", key, places)
    yield from security.demands(asked, base.security, revision.security, renamed)
    yield from extensions.walk("the operation", key, places, base.extensions, revision.extensions)
    yield from _names(base, revision, key, keyed)
    of = messages.Carrier(base.action, flow, key, name, keyed)
    yield from messages.walk(of, base.messages, revision.messages)
    if base.reply is not None and revision.reply is not None:
        yield from _reply(base, base.reply, revision.reply, keyed)
    elif base.reply is not None:
        yield Transition("reply", "removed", key, base.reply.origin, revision.origin)
    elif revision.reply is not None:
        yield Transition("reply", "added", key, base.origin, revision.reply.origin)


def _names(base: EventOperation, revision: EventOperation, key: str, keyed: bool) -> Walk:
    """What generators and people call an operation."""

    def moved(element: str, action: str, **data: Any) -> Transition:
        return Transition(element, action, key, base.origin, revision.origin, data=data)

    before, after = base.operation_id, revision.operation_id
    if keyed and before != after:
        yield moved("operation-id", "added" if before is None else "removed", before=before, after=after)
    for tag in base.tags:
        if tag not in revision.tags:
            yield moved("tag", "removed", before=tag)
    for tag in revision.tags:
        if tag not in base.tags:
            yield moved("tag", "added", after=tag)


def _reply(operation: EventOperation, old: Reply, new: Reply, keyed: bool) -> Walk:
    key, places = key_of(operation), (old.origin, new.origin)
    if old.address != new.address:
        data = {"before": old.address, "after": new.address}
        yield Transition("reply", "address-changed", key, *places, data=data)
    before, after = (None if one.channel is None else address_of(one.channel) for one in (old, new))
    if before != after and old.address == new.address:
        action = (
            "channel-stated" if before is None else "channel-unstated" if after is None else "channel-changed"
        )
        yield Transition("reply", action, key, *places, data={"before": before, "after": after})
    yield from extensions.walk("the reply", key, places, old.raw, new.raw)
    addresses = [one.raw.get("address") for one in (old, new)]
    held = [one if isinstance(one, Mapping) else {} for one in addresses]
    yield from extensions.walk("the address of the reply", key, places, held[0], held[1])
    side = "receive" if operation.action == "send" else "send"
    where = f"the reply of {address_of(operation.channel)}"
    of = messages.Carrier(side, of_message(operation.action, reply=True), key, where, keyed)
    yield from messages.walk(of, old.messages, new.messages)
