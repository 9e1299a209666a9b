"""Which element of the base became which of the revision."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.model import Channel, EventOperation, Message, Operation

T = TypeVar("T")

_TEMPLATE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Pairs(Generic[T]):
    """Elements on both sides, only in the base, only in the revision."""

    both: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]


def by(key: Callable[[T], Hashable], base: Iterable[T], revision: Iterable[T]) -> Pairs[T]:
    """Pairs elements with the same key; of several with one key the last counts."""
    old, new = {key(one): one for one in base}, {key(one): one for one in revision}
    return Pairs(
        tuple((old[one], new[one]) for one in old if one in new),
        tuple(old[one] for one in old if one not in new),
        tuple(new[one] for one in new if one not in old),
    )


def names(base: Mapping[str, T], revision: Mapping[str, T]) -> tuple[list[str], list[str], list[str]]:
    """Keys on both sides, only in the base, only in the revision, in the order of the documents."""
    both = [name for name in base if name in revision]
    return (
        both,
        [name for name in base if name not in revision],
        [name for name in revision if name not in base],
    )


def media_types(
    base: Mapping[str, T], revision: Mapping[str, T]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Pairs of media types by name, then of those where one is a kind of the other; what went; what came.

    `application/problem+json` is a kind of `application/json` (RFC 6838, 4.2.8).
    """
    both, gone, come = names(base, revision)
    pairs = [(name, name) for name in both]
    for name in list(gone):
        other = next((one for one in come if is_kind_of(one, name) or is_kind_of(name, one)), None)
        if other is not None:
            pairs.append((name, other))
            gone.remove(name)
            come.remove(other)
    return pairs, gone, come


def is_kind_of(special: str, general: str) -> bool:
    """Whether a media type is another one, parameters aside, or a format built on it."""
    one, other = (name.partition(";")[0].strip() for name in (special, general))
    kind, _, suffix = one.rpartition("+")
    return one == other or (bool(kind) and other == f"{one.partition('/')[0]}/{suffix}")


def template(path: str) -> str:
    """A path with its parameters' names taken out: `/orders/{id}` and `/orders/{orderId}` are one."""
    return _TEMPLATE.sub("{}", path)


def operation_key(operation: Operation) -> Hashable:
    """Method and template for calls; webhooks and callbacks by name as well."""
    return operation.kind, operation.name, operation.method, template(operation.path)


def operations(base: Sequence[Operation], revision: Sequence[Operation]) -> Pairs[Operation]:
    """Operations by method and template. Where two templates differ only in names, equal names go first."""
    exact = by(lambda one: (one.kind, one.name, one.method, one.path), base, revision)
    loose = by(operation_key, exact.removed, exact.added)
    return Pairs((*exact.both, *loose.both), loose.removed, loose.added)


def renamed_parameters(base: str, revision: str) -> dict[str, str]:
    """Names of the base's path parameters → the revision's, by their place in the template."""
    old, new = _TEMPLATE.findall(base), _TEMPLATE.findall(revision)
    return {one[1:-1]: other[1:-1] for one, other in zip(old, new, strict=False)}


def channel_key(channel: Channel) -> Hashable:
    """The address; a channel without one by its key."""
    return ("key", channel.key) if channel.address is None else ("address", template(channel.address))


def event_operations(
    base: Sequence[EventOperation], revision: Sequence[EventOperation]
) -> Pairs[EventOperation]:
    """Event operations by action and channel, and, where several share both, by their key."""

    def key(one: EventOperation) -> Hashable:
        return one.action, channel_key(one.channel), one.key

    def loose(one: EventOperation) -> Hashable:
        return one.action, channel_key(one.channel)

    exact = by(key, base, revision)
    rest = by(loose, exact.removed, exact.added)
    return Pairs((*exact.both, *rest.both), rest.removed, rest.added)


def messages(base: Iterable[Message], revision: Iterable[Message]) -> Pairs[Message]:
    """Messages by key, then by name, then by title, and last the only one that is left on either side."""
    pairs: list[tuple[Message, Message]] = []
    gone, come = list(base), list(revision)
    keys: tuple[Callable[[Message], Hashable | None], ...] = (
        lambda one: one.key,
        lambda one: one.name,
        lambda one: one.title or None,
        lambda one: (one.origin.source, one.origin.path),
    )
    for key in keys:
        found = by(
            key, [one for one in gone if key(one) is not None], [one for one in come if key(one) is not None]
        )
        pairs.extend(found.both)
        gone = [one for one in gone if all(one is not old for old, _ in found.both)]
        come = [one for one in come if all(one is not new for _, new in found.both)]
    if len(gone) == len(come) == 1:
        pairs.append((gone.pop(), come.pop()))
    return Pairs(tuple(pairs), tuple(gone), tuple(come))
