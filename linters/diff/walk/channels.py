"""Channels: their addresses and parameters, where they are served, and messages that no operation names."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from contracts.model import Channel, ChannelParameter, EventApi, EventOperation, Message
from linters.diff import pairing
from linters.diff.transitions import SchemaPair, Slot, Transition, Walk, Wire
from linters.diff.variance import Flow

from . import bindings, extensions, messages


def walk(base: EventApi, revision: EventApi) -> Walk:
    """Transitions of the channels of a contract, paired by address."""
    found = pairing.by(pairing.channel_key, base.channels.values(), revision.channels.values())
    for one in found.removed:
        yield Transition("channel", "removed", None, one.origin, None, data={"before": address_of(one)})
    for one in found.added:
        yield Transition("channel", "added", None, None, one.origin, data={"after": address_of(one)})
    named = _Named(base, revision)
    for old, new in found.both:
        yield from _channel(old, new, named.flow_of(new))
        yield from _servers(base, revision, old, new)
        label = f"channel {address_of(new)}"
        # No operation says who sends these: they are compared as ones that are given out.
        of = messages.Carrier("send", Flow.OUT, label, address_of(new), named.keyed)
        yield from messages.walk(of, *named.rest(old, new))


def address_of(channel: Channel) -> str:
    """How people call a channel."""
    return channel.address if channel.address is not None else channel.key


class _Named:
    """What the operations of both sides name."""

    def __init__(self, base: EventApi, revision: EventApi) -> None:
        self._operations = (*base.operations, *revision.operations)
        self._known = {name for one in self._operations for name in _carried(one)}
        self.keyed = same_major(base, revision)

    def rest(self, old: Channel, new: Channel) -> tuple[list[Message], list[Message]]:
        """The messages of a channel that no operation and no reply names on either side."""

        def left(channel: Channel) -> list[Message]:
            key = pairing.channel_key(channel)
            return [one for one in channel.messages.values() if (key, one.key) not in self._known]

        return left(old), left(new)

    def flow_of(self, channel: Channel) -> Flow:
        """Which way data flows on a channel: in, where the application receives from it at all."""
        key = pairing.channel_key(channel)
        receives = any(
            one.action == "receive" for one in self._operations if pairing.channel_key(one.channel) == key
        )
        return Flow.IN if receives else Flow.OUT


def same_major(base: EventApi, revision: EventApi) -> bool:
    """Whether both are of one major version of AsyncAPI, so that keys mean the same."""
    return base.specification.line[0] == revision.specification.line[0]


def _carried(operation: EventOperation) -> Iterator[tuple[Hashable, str]]:
    """Channel and key of every message of an operation and of its reply."""
    for one in operation.messages:
        yield pairing.channel_key(operation.channel), one.key
    if operation.reply is not None and operation.reply.channel is not None:
        for one in operation.reply.messages:
            yield pairing.channel_key(operation.reply.channel), one.key


def _channel(old: Channel, new: Channel, flow: Flow) -> Walk:
    name, places = address_of(new), (old.origin, new.origin)
    carried = bindings.Carried("channel", flow, name)
    yield from bindings.walk("channel", name, places, old.bindings, new.bindings, carried)
    yield from extensions.walk(f"the channel {name}", None, places, old.raw, new.raw)
    if old.deprecated != new.deprecated:
        action = "deprecated" if new.deprecated else "reactivated"
        yield Transition("channel", action, None, *places, data={"name": name})
    renamed = pairing.renamed_parameters(address_of(old), name)
    before = {renamed.get(key, key): one for key, one in old.parameters.items()}
    for key in dict.fromkeys((*before, *new.parameters)):
        one, other = before.get(key), new.parameters.get(key)
        if one is not None and other is not None:
            yield from _parameter(name, key, one, other, flow)
        else:
            action = "added" if one is None else "removed"
            data = {"name": name, "before": key, "after": key}
            yield Transition("channel-parameter", action, None, *places, data=data)


def _parameter(channel: str, name: str, old: ChannelParameter, new: ChannelParameter, flow: Flow) -> Walk:
    places = (old.origin, new.origin)
    what, path = f"the parameter `{name}` of the channel {channel}", f"channel {channel} parameter {name}"
    if old.location != new.location:
        data = {"name": name, "before": old.location, "after": new.location}
        yield Transition("channel-parameter", "location-changed", None, *places, what, path, data=data)
    slot = Slot(
        "channel",
        "channel-parameter",
        "channel-parameter-property",
        flow,
        None,
        None,
        what,
        path,
        wire=Wire.TEXT,
    )
    yield SchemaPair(slot, old.schema, new.schema, old.origin, new.origin)
    yield from extensions.walk(what, None, places, old.raw, new.raw, path=path)


def _servers(base: EventApi, revision: EventApi, old: Channel, new: Channel) -> Walk:
    """A channel that names no servers is on all of them (AsyncAPI 3.0.0, "Channel Object")."""
    if not old.servers and not new.servers:
        return
    before, after = _served(base, old), _served(revision, new)
    places, name = (old.origin, new.origin), address_of(new)
    known = {one.url for one in base.servers} & {one.url for one in revision.servers}
    for url in before:
        if url not in after and url in known:
            yield Transition("channel-server", "removed", None, *places, data={"name": name, "before": url})
    for url in after:
        if url not in before and url in known:
            yield Transition("channel-server", "added", None, *places, data={"name": name, "after": url})


def _served(api: EventApi, channel: Channel) -> list[str]:
    by_name: Mapping[str, str] = {one.name: one.url for one in api.servers}
    return [by_name[name] for name in channel.servers or by_name if name in by_name]
