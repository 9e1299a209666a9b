"""Contracts for events: channels, what the application sends and receives, and their messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.model import Channel, EventApi, EventOperation, Message
from linters.diff import pairing
from linters.diff.policy import CompatPolicy
from linters.diff.transitions import Places, SchemaPair, Slot, Transition, Walk
from linters.diff.variance import Flow, of_message

from .http import servers
from .security import schemes


def walk(base: EventApi, revision: EventApi, policy: CompatPolicy) -> Walk:
    """Every transition between two contracts for events."""
    del policy
    yield from schemes(base.security_schemes, revision.security_schemes)
    yield from servers(base.servers, revision.servers)
    yield from _channels(base, revision)
    found = pairing.event_operations(base.operations, revision.operations)
    for one in found.removed:
        yield Transition(
            one.action, "removed", key_of(one), one.origin, None, data={"name": address_of(one.channel)}
        )
    for one in found.added:
        yield Transition(
            one.action, "added", key_of(one), None, one.origin, data={"name": address_of(one.channel)}
        )
    for old, new in found.both:
        yield from _operation(old, new)


def address_of(channel: Channel) -> str:
    return channel.address if channel.address is not None else channel.key


def key_of(operation: EventOperation) -> str:
    """`receive orders/created`: how an event operation is called in changes."""
    return f"{operation.action} {address_of(operation.channel)}"


def _channels(base: EventApi, revision: EventApi) -> Walk:
    found = pairing.by(pairing.channel_key, base.channels.values(), revision.channels.values())
    for one in found.removed:
        yield Transition("channel", "removed", None, one.origin, None, data={"before": address_of(one)})
    for one in found.added:
        yield Transition("channel", "added", None, None, one.origin, data={"after": address_of(one)})
    used = {pairing.channel_key(one.channel) for one in (*base.operations, *revision.operations)}
    for old, new in found.both:
        name = address_of(new)
        places = (old.origin, new.origin)
        yield from _bindings("channel", name, places, old.bindings, new.bindings)
        renamed = pairing.renamed_parameters(address_of(old), name)
        before = {renamed.get(one, one) for one in old.parameters}
        for parameter in sorted(before - set(new.parameters)):
            yield Transition(
                "channel-parameter", "removed", None, *places, data={"name": name, "before": parameter}
            )
        for parameter in sorted(set(new.parameters) - before):
            yield Transition(
                "channel-parameter", "added", None, *places, data={"name": name, "after": parameter}
            )
        if pairing.channel_key(new) not in used:
            # No operation says who sends: the messages are compared as ones that are given out.
            yield from _messages(
                old.messages.values(), new.messages.values(), "send", Flow.OUT, f"channel {name}", name
            )


def _operation(base: EventOperation, revision: EventOperation) -> Walk:
    key, name = key_of(base), address_of(revision.channel)
    flow = of_message(base.action)
    places = (base.origin, revision.origin)
    yield from _bindings("operation", key, places, base.bindings, revision.bindings)
    yield from _messages(base.messages, revision.messages, base.action, flow, key, name)
    if base.reply is None or revision.reply is None:
        if base.reply is not None:
            yield Transition("reply", "removed", key, base.reply.origin, revision.origin)
        elif revision.reply is not None:
            yield Transition("reply", "added", key, base.origin, revision.reply.origin)
        return
    before, after = base.reply.address, revision.reply.address
    if before != after:
        at = (base.reply.origin, revision.reply.origin)
        yield Transition("reply", "address-changed", key, *at, data={"before": before, "after": after})
    side = "receive" if base.action == "send" else "send"
    reply_flow = of_message(base.action, reply=True)
    yield from _messages(
        base.reply.messages, revision.reply.messages, side, reply_flow, key, f"the reply of {name}"
    )


def _messages(
    base: Iterable[Message], revision: Iterable[Message], side: str, flow: Flow, key: str, where: str
) -> Walk:
    found = pairing.messages(base, revision)

    def moved(element: str, action: str, old: Message | None, new: Message | None, **data: Any) -> Transition:
        one = new or old
        name = data.pop("name", where)
        label = label_of(one) if one else ""
        return Transition(
            element, action, key, old.origin if old else None, new.origin if new else None, f"the message `{label}`", f"message {label}",
            side, f"{side}-message", flow, {"name": name, **data},
        )  # fmt: skip

    for one in found.removed:
        yield moved("message", "removed", one, None, before=label_of(one))
    for one in found.added:
        yield moved("message", "added", None, one, after=label_of(one))
    for old, new in found.both:
        label = label_of(new)
        if label_of(old) != label:
            yield moved("message", "renamed", old, new, before=label_of(old), after=label)
        if (old.content_type or "").lower() != (new.content_type or "").lower():
            yield moved(
                "message",
                "content-type-changed",
                old,
                new,
                name=label,
                before=old.content_type,
                after=new.content_type,
            )
        if old.correlation_id != new.correlation_id:
            yield moved(
                "message",
                "correlation-id-changed",
                old,
                new,
                name=label,
                before=old.correlation_id,
                after=new.correlation_id,
            )
        if new.deprecated and not old.deprecated:
            yield moved("message", "deprecated", old, new, name=label)
        yield from _bindings("message", label, (old.origin, new.origin), old.bindings, new.bindings, key)
        for part in ("payload", "headers"):
            root = f"{side}-{part}"
            slot = Slot(
                side,
                root,
                f"{root}-property",
                flow,
                None,
                key,
                f"the {part} of the message `{label}`",
                f"message {label} {part}",
            )
            yield SchemaPair(slot, getattr(old, part), getattr(new, part), old.origin, new.origin)


def label_of(message: Message) -> str:
    return message.name or message.key


def _bindings(
    kind: str,
    name: str,
    places: Places,
    base: Mapping[str, Any],
    revision: Mapping[str, Any],
    key: str | None = None,
) -> Walk:
    """Bindings by protocol and field; schemas in them are compared as text."""
    for protocol in sorted(set(base) & set(revision)):
        before, after = base[protocol], revision[protocol]
        if not isinstance(before, Mapping) or not isinstance(after, Mapping):
            continue
        for setting in sorted((set(before) | set(after)) - {"bindingVersion"}):
            old, new = before.get(setting), after.get(setting)
            if old != new:
                data = {"name": kind, "value": f"{protocol}.{setting}", "before": old, "after": new}
                yield Transition(
                    "bindings", "changed", key or name, *places, path=f"bindings {protocol}", data=data
                )
