"""What a workflow lists for all its steps and a step overrides: parameters and actions (Arazzo 1.0.1, 4.6.5 and 4.6.10).

Each stands in the document, or is a Reusable Object that refers to the components.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from contracts.pointers import Path
from linters.lint.function import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One by its name. `dangling`: a reference that leads nowhere. `again`: its list has it already."""

    name: str
    value: dict[str, Any]
    dangling: bool = False
    again: bool = False

    @property
    def identity(self) -> Hashable:
        return (self.name, self.dangling, self.again)


E = TypeVar("E", bound=Entry)


def marked(entries: Iterable[E | None], key: Callable[[E], Hashable]) -> list[E]:
    """The entries of one list, those marked `again` whose key an earlier one has."""
    found: list[E] = []
    for entry in entries:
        if entry is not None:
            again = any(key(other) == key(entry) and not other.again for other in found)
            found.append(replace(entry, again=again))
    return found


def combined(of_workflow: list[E], of_step: list[E]) -> list[E]:
    """Those of the workflow first; those of the step override them by their identity, or follow."""
    held = list(of_workflow)
    for entry in of_step:
        known = [other.identity for other in held]
        if entry.identity in known:
            held[known.index(entry.identity)] = entry
        else:
            held.append(entry)
    return held


def naming_flaws(entry: Entry, place: Path, told: set[str], word: str) -> Iterator[Problem]:
    """A name used twice, listed twice, or leading nowhere. `told` holds the names so far and gets this one."""
    if entry.name in told:
        yield Problem(f"Another {word} of this step is called `{entry.name}`.", at=place)
    told.add(entry.name)
    if entry.again:
        yield Problem(f"The {word} `{entry.name}` is listed twice. Remove one.", at=place)
    elif entry.dangling:
        message = f"The reference `{entry.name}` leads to no {word} in the components."
        yield Problem(message, at=place)
