"""What a fix means: changes of a document's value, told apart from how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from contracts.pointers import Path

from .edits import CannotFix


@dataclass(frozen=True, slots=True)
class Put:
    """The node at `path` gets another value."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Rename:
    """The last key of `path` becomes `key`; its member keeps value and place."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class Remove:
    """The member or item at `path` goes."""

    path: Path


@dataclass(frozen=True, slots=True)
class Add:
    """The mapping at `path` gets a member, behind its member `after` or at the end."""

    path: Path
    key: str
    value: Any
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """The members or items at `path` stand in another order: `order` holds their present indexes."""

    path: Path
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The last key of `path` is written in quotes; the value stays as it is."""

    path: Path


Change: TypeAlias = Put | Rename | Remove | Add | Order | Quote


@dataclass(slots=True)
class _Branch:
    own: list[Change] = field(default_factory=list)
    children: dict[str | int, _Branch] = field(default_factory=dict)


def applied(value: Any, changes: Iterable[Change]) -> Any:
    """`value` with the changes made together; every path is one of `value` as it was.

    What is not on the way to a change is shared with `value`. Raises `CannotFix` where a name is taken.
    """
    root = _Branch()
    for change in changes:
        branch = root
        for part in change.path:
            branch = branch.children.setdefault(part, _Branch())
        branch.own.append(change)
    return _changed(value, root)


def _changed(value: Any, branch: _Branch) -> Any:
    for change in branch.own:
        if isinstance(change, Put):
            return change.value
    if isinstance(value, dict):
        made: Any = _put_in_order(list(_members(value, branch)), branch)
        if len(names := dict(made)) < len(made):
            raise CannotFix("the name is taken")
        return names
    if isinstance(value, list):
        items = [
            _changed(item, branch.children[index]) if index in branch.children else item
            for index, item in enumerate(value)
            if not _removed(branch.children.get(index))
        ]
        return _put_in_order(items, branch)
    return value


def _members(value: dict[str, Any], branch: _Branch) -> Iterator[tuple[str, Any]]:
    adds = [change for change in branch.own if isinstance(change, Add)]
    for key, child in value.items():
        below = branch.children.get(key)
        if below is None:
            yield key, child
        elif not _removed(below):
            renames = [change.key for change in below.own if isinstance(change, Rename)]
            yield (renames[0] if renames else key), _changed(child, below)
        yield from ((add.key, add.value) for add in adds if add.after == key)
    yield from ((add.key, add.value) for add in adds if add.after not in value)


def _removed(branch: _Branch | None) -> bool:
    return branch is not None and any(isinstance(change, Remove) for change in branch.own)


def _put_in_order(held: list[Any], branch: _Branch) -> list[Any]:
    for change in branch.own:
        if isinstance(change, Order):
            return [held[index] for index in change.order]
    return held
