"""A ruleset that is ready to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linters.lint.fields import Field
from linters.lint.function import Check
from linters.lint.severity import Severity

from .aliases import Aliases


@dataclass(frozen=True, slots=True)
class Then:
    """A question that a rule asks of each match."""

    field: Field
    function: str
    options: Any
    check: Check


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `severity` is None where it was set to off; a rule runs if it is enabled and has a severity.

    `given` may hold aliases, which `aliases` expands. `documentation` holds what the rule says about itself
    beyond Spectral's language: why, good, bad, source, fix, area. `pointers` are severities (None: off) for
    places: by file pattern, then by JSON Pointer.
    """

    name: str
    severity: Severity | None
    enabled: bool
    given: tuple[str, ...]
    then: tuple[Then, ...]
    message: str | None = None
    description: str | None = None
    documentation_url: str | None = None
    resolved: bool = True
    recommended: bool = True
    formats: frozenset[str] | None = None
    tags: tuple[str, ...] = ()
    type: str | None = None
    documentation: Mapping[str, Any] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=Aliases)
    source: str = ""
    pointers: tuple[tuple[str, str, Severity | None], ...] = ()

    @property
    def runs(self) -> bool:
        return self.enabled and self.severity is not None


@dataclass(frozen=True, slots=True)
class Override:
    """A part of a ruleset for some files: glob patterns, perhaps with a JSON Pointer, and what they change."""

    files: tuple[str, ...]
    definition: Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Ruleset:
    """Rules by name, enabled or not. `formats` are all that it or its rules name.

    `parser_options` hold the severities of `duplicateKeys` and `incompatibleValues` (None: off).
    """

    rules: Mapping[str, Rule]
    formats: frozenset[str]
    parser_options: Mapping[str, Severity | None]
    source: str = ""
    documentation_url: str | None = None
    overrides: tuple[Override, ...] = ()
    for_file: Callable[[str], Ruleset] | None = None
    plans: dict[frozenset[str], Any] = field(default_factory=dict, repr=False)
    """What the engine made of it, by the formats of a document."""

    @property
    def running(self) -> tuple[Rule, ...]:
        """The rules that run."""
        return tuple(rule for rule in self.rules.values() if rule.runs)
