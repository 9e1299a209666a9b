"""What a contract offers, in groups: the table of contents that a reader searches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from contracts.model import EventApi, EventOperation, HttpApi, Operation, Tag
from portal.links import anchor
from portal.prose import sentence

OTHERS = "Others"
_VERSION = re.compile(r"v?\d+(?:\.\d+)*(?:[a-z]+\d*)?|api|rest", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation. `word` is the method or the action, `place` the path or the address, `key` names it in addresses."""

    key: str
    anchor: str
    word: str
    place: str
    summary: str
    deprecated: bool
    found_by: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    anchor: str
    description: str
    entries: tuple[Entry, ...]


def outline(api: HttpApi | EventApi) -> tuple[Group, ...]:
    """Operations by their first tag, in the order in which the contract declares its tags, or by path without tags.

    Event operations without tags are grouped by what they do. Webhooks come last, under their own name.
    """
    if isinstance(api, HttpApi):
        group_of = _first_tag if any(operation.tags for operation in api.operations) else _first_segment
        entries = [(group_of(operation), _call(operation)) for operation in api.operations]
        entries += [("Webhooks", _call(operation)) for operation in api.webhooks]
    else:
        entries = [(_event_group(operation), _event(operation)) for operation in api.operations]
    return _grouped(api.tags, entries)


def search(groups: Iterable[Group], words: str) -> tuple[Group, ...]:
    """The groups with those entries that hold all of the words."""
    wanted = words.casefold().split()
    if not wanted:
        return tuple(groups)
    kept = (
        replace(group, entries=tuple(e for e in group.entries if all(word in e.found_by for word in wanted)))
        for group in groups
    )
    return tuple(group for group in kept if group.entries)


def find(api: HttpApi | EventApi, key: str) -> Operation | EventOperation | None:
    """The operation of that key."""
    operations = (*api.operations, *api.webhooks) if isinstance(api, HttpApi) else api.operations
    return next((operation for operation in operations if key_of(operation) == key), None)


def key_of(operation: Operation | EventOperation) -> str:
    """What names an operation in addresses, findings and traffic."""
    return operation.key


def _grouped(tags: Iterable[Tag], entries: Iterable[tuple[str, Entry]]) -> tuple[Group, ...]:
    declared = {tag.name: tag.description for tag in tags}
    collected: dict[str, list[Entry]] = {name: [] for name in declared}
    for name, entry in entries:
        collected.setdefault(name, []).append(entry)
    if OTHERS in collected and OTHERS not in declared:
        collected[OTHERS] = collected.pop(OTHERS)
    alone = len([name for name, found in collected.items() if found]) == 1
    return tuple(
        Group(
            "Operations" if name == OTHERS and alone else name,
            "tag-" + anchor(name),
            declared.get(name, ""),
            tuple(found),
        )
        for name, found in collected.items()
        if found
    )


def _first_tag(operation: Operation) -> str:
    return operation.tags[0] if operation.tags else OTHERS


def _first_segment(operation: Operation) -> str:
    """For contracts without tags: the first part of the path that is neither a version nor a parameter."""
    parts = (part for part in operation.path.split("/") if part and "{" not in part)
    return next((part for part in parts if not _VERSION.fullmatch(part)), OTHERS)


def _call(operation: Operation) -> Entry:
    summary = operation.summary or sentence(operation.description, 110)
    place = operation.name or operation.path
    return Entry(
        key=operation.key,
        anchor=anchor(operation.key),
        word=operation.method,
        place=place,
        summary=summary,
        deprecated=operation.deprecated,
        found_by=_folded(operation.key, operation.operation_id, summary, *operation.tags),
    )


def _event(operation: EventOperation) -> Entry:
    names = [message.title or message.name or message.key for message in operation.messages]
    summary = (
        operation.summary or operation.title or sentence(operation.description, 110) or ", ".join(names[:4])
    )
    return Entry(
        key=operation.key,
        anchor=anchor(operation.key),
        word=operation.action,
        place=operation.channel.address or operation.channel.key,
        summary=summary,
        deprecated=operation.deprecated,
        found_by=_folded(
            operation.key, operation.channel.address, operation.channel.key, summary, *names, *operation.tags
        ),
    )


def _event_group(operation: EventOperation) -> str:
    if operation.tags:
        return operation.tags[0]
    return "What the application sends" if operation.action == "send" else "What the application receives"


def _folded(*texts: str | None) -> str:
    return " ".join(text for text in texts if text).casefold()


def by_key(groups: Iterable[Group]) -> Mapping[str, Entry]:
    """Every entry by its key."""
    return {entry.key: entry for group in groups for entry in group.entries}
