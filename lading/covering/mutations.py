"""What may happen to one field between two versions: it goes, it comes, it says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from .grammar import Use
from .samples import at

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
GAINED, LOST = "gained a member", "lost a member"


@dataclass(frozen=True, slots=True)
class Mutation:
    """A version and the next, which differ in one field."""

    action: str
    base: Any
    revision: Any


def mutations(document: Any, use: Use) -> Iterator[Mutation]:
    """Everything that may happen to a field that a document uses. What is required neither comes nor goes."""
    if not use.required:
        without = _edited(document, use)
        yield Mutation(REMOVED, document, without)
        yield Mutation(ADDED, without, document)
    now = at(document, use.path)
    if now and _is_open(now, use.type):
        more = _edited(document, use, _with_another(now))
        yield Mutation(GAINED, document, more)
        yield Mutation(LOST, more, document)
    other = another(now, use.type)
    if other != now:
        yield Mutation(CHANGED, document, _edited(document, use, other))


def extended(document: Any, path: tuple[str | int, ...]) -> Mutation:
    """An extension that we do not know, stated anew at an object."""
    revision = deepcopy(document)
    at(revision, path)["x-of-somebody"] = "something"
    return Mutation(ADDED, document, revision)


def another(value: Any, type_: Any = None) -> Any:
    """Another value of the same type; a mapping or list of objects as it is, as its parts are changed one by one."""
    choices = _choices(type_)
    if choices:
        return next((one for one in choices if one != value), value)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str) and re.fullmatch(r"\d+\.\d+\.\d+", value):
        return f"{value.rpartition('.')[0]}.9"
    if isinstance(value, str):
        return (
            f"{value}/other" if "://" in value else f"{value}x" if value[-1:].isalnum() else f"{value}other"
        )
    if isinstance(value, list) and value and not isinstance(value[-1], Mapping | list):
        return [*value[:-1], another(value[-1], _item(type_))]
    return value


def _is_open(value: Any, type_: Any) -> bool:
    """Whether it is a mapping by name, or a list of plain values. Objects in lists are changed one by one."""
    if not isinstance(type_, str):
        return False
    is_map = type_.startswith("{") and isinstance(value, Mapping)
    is_list = type_.startswith("[") and isinstance(value, list)
    return is_map or (is_list and not any(isinstance(one, Mapping | list) for one in value))


def _with_another(value: Any) -> Any:
    """A list or mapping with one more member, which is like the last one but for its name."""
    if isinstance(value, list):
        return [*value, another(value[-1])]
    name = list(value)[-1]
    member = deepcopy(value[name])
    for key in ("address", "host", "url"):
        if isinstance(member, dict) and isinstance(member.get(key), str):
            member[key] = another(member[key])
    return {**value, another(name): member}


def _choices(type_: Any) -> list[Any]:
    if isinstance(type_, str) and type_.startswith("("):
        return list(type_[1:-1].split("|"))
    return list(type_.get("enum", ())) if isinstance(type_, Mapping) else []


def _item(type_: Any) -> Any:
    return type_[1:].rpartition("]")[0] if isinstance(type_, str) and type_.startswith("[") else None


def _edited(document: Any, use: Use, value: Any = None) -> Any:
    """A copy in which a field has another value, or is not there (None)."""
    edited = deepcopy(document)
    holder = at(edited, use.path[:-1])
    if value is None:
        del holder[use.path[-1]]
    else:
        holder[use.path[-1]] = value
    return edited
