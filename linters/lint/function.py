"""What a function of the ruleset language is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from contracts.pointers import Path
from contracts.references import DocumentSet

from .printing import subject


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a function objects to.

    `below` leads from the target to the culprit. `at`, where given, is the culprit's whole path instead: in the
    document that is traversed, or, with `source`, in the file of that name as it is written. One that is told
    once of many places `stands_for` so many.
    """

    message: str
    below: Path = ()
    at: Path | None = None
    source: str | None = None
    stands_for: int = 1


@dataclass(slots=True)
class Context:
    """What a function may know besides its target.

    `path` is the target's in the document that is traversed, `root` that document's value (with references
    resolved or not, as the rule asks), `documents` all files, `formats` what the document is, and `resolved` which of the two documents it is.
    """

    path: Path
    root: Any
    documents: DocumentSet
    formats: frozenset[str]
    resolved: bool = True
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What functions remember while one document is traversed, by names of their own."""

    @property
    def subject(self) -> str:
        """How a message names the target: `"x" property `, `Item at index 0 `, `The document `."""
        return subject(self.path)


Check: TypeAlias = Callable[[Any, Context], Iterable[Problem] | None]
"""Judges a target; None or nothing means that all is well. A missing target is `UNDEFINED`."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function that rules name.

    `options` is the JSON Schema of its options (an object), None where it takes none. `prepare` makes the check
    from valid options once, when the ruleset is loaded; it may raise `ScriptError`, say for a bad pattern.
    """

    name: str
    options: Mapping[str, Any] | None
    prepare: Callable[[Mapping[str, Any]], Check]
    required: bool = False
    """Whether the function is of no use without options."""
