"""How compatible is compatible enough: which side must not break, and the switches where tools disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import Any, Literal

from .overrides import Overrides, wrong
from .proof.outcome import Names
from .tiers import Tier
from .verdicts import Side

LEVELS = ("draft", "alpha", "beta", "stable")
"""Stability levels, the least stable first."""
EXTENSIBLE = ("never", "marked", "always")
_SWITCHES = (
    "formats", "removed_request_property", "removed_parameter", "servers", "required_with_default",
    "changed_default", "security",
)  # fmt: skip

Extensible = Literal["never", "marked", "always"]


class Content(Enum):
    """What an object that is left open (no `additionalProperties: false`) holds.

    `OPEN`: any name with any value, so that a property which is declared later may clash with data.
    `DECLARED`: names that are not declared may occur, and nobody uses or minds them, as API clients and servers
    have it. `CLOSED`: declared names and no others, so that whoever reads refuses, or loses, what it does not
    know.
    """

    OPEN = "open"
    DECLARED = "declared"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ExtensibleEnums:
    """Which enums may gain values without breaking whoever reads them, by the way data flows.

    `never`: none, and `x-extensible-enum` lists values like `enum`. `marked`: those with `x-extensible-enum`.
    `always`: all. `taken` is what the provider takes in, `given` what it gives out.
    """

    taken: Extensible = "marked"
    given: Extensible = "marked"

    @classmethod
    def read(cls, value: Any, source: str) -> ExtensibleEnums:
        """One word for both directions, or a mapping of `in` and `out` to words."""
        words = value if isinstance(value, Mapping) else {"in": value, "out": value}
        for key, word in words.items():
            if key not in ("in", "out") or word not in EXTENSIBLE:
                raise wrong(
                    source, "extensible_enums", f"{key}: {word!r} says nothing", "Use never, marked or always, "
                    "or a mapping of in and out to one of these.",
                )  # fmt: skip
        return cls(words.get("in", "marked"), words.get("out", "marked"))


@dataclass(frozen=True, slots=True)
class CompatPolicy:
    """A compatibility policy. The defaults are the policy `backward`.

    Its reasons are in `docs/decisions`, row by row.
    """

    name: str = "backward"
    protects: tuple[Side, ...] = ("consumer",)
    """Whose programs must keep working."""
    history: Literal["latest", "all"] = "latest"
    """Whether a version is held against the one before it, or against each one before it (transitive)."""
    tier: Tier = field(default_factory=Tier)
    """Whether generated source code, JSON, or the bytes on the wire must bear a change."""
    content: Content = Content.DECLARED
    """What an object that is left open holds."""
    formats: bool = True
    """Whether `format` restricts values, as gateways and generated code have it."""
    extensible_enums: ExtensibleEnums = field(default_factory=ExtensibleEnums)
    """Which enums may gain values."""
    removed_request_property: bool = False
    """Whether a request property that is no longer declared counts although it is still let pass."""
    removed_parameter: bool = True
    """Whether a parameter that is no longer declared counts, though some servers ignore what they do not know."""
    servers: bool = False
    """Whether removing a server or base path counts."""
    required_with_default: bool = True
    """Whether requiring a request property counts where it has a default."""
    changed_default: bool = True
    """Whether another default of a parameter counts."""
    security: bool = True
    """Whether stricter security counts."""
    sunset_days: Mapping[str, int] = field(default_factory=dict)
    """Days that must lie between today and a sunset date, by stability level (`stable`, `beta`, …)."""
    stability: str = "draft"
    """Operations whose `x-stability-level` is below this level are not compared."""
    verdicts: Overrides = field(default_factory=Overrides)
    """Verdicts by check id, over anything else."""
    today: date | None = None
    """The day for which lifecycle checks hold; without it, dates are compared with each other only."""

    @property
    def names(self) -> Names:
        """What the proof assumes of names that are not declared."""
        return Names.ANY if self.content is Content.OPEN else Names.DECLARED

    @classmethod
    def read(
        cls, definition: Mapping[str, Any], source: str = "", *, tier: Tier | None = None
    ) -> CompatPolicy:
        """The policy that a mapping describes, its `tier` already found by the name that it gives.

        Raises `ContractError` for what it does not know.
        """
        _settings(definition, source)
        values = {key: value for key, value in definition.items() if key != "description"}
        protects = values.get("protects", ["consumer"])
        if (
            not isinstance(protects, list | tuple)
            or not protects
            or not set(protects) <= {"consumer", "provider"}
        ):
            raise wrong(source, "protects", "it names neither consumer nor provider", "Give a list of them.")
        values["protects"] = tuple(dict.fromkeys(protects))
        if values.get("history", "latest") not in ("latest", "all"):
            raise wrong(source, "history", "it is neither latest nor all", "Choose one.")
        try:
            values["content"] = Content(values.get("content", "declared"))
        except ValueError:
            advice = f"Choose {', '.join(one.value for one in Content)}."
            raise wrong(source, "content", f"{values['content']!r} is no content model", advice) from None
        for key in _SWITCHES:
            if not isinstance(values.get(key, True), bool):
                raise wrong(source, key, f"{values[key]!r} is neither true nor false", "Choose one.")
        values["extensible_enums"] = ExtensibleEnums.read(values.get("extensible_enums", "marked"), source)
        values["sunset_days"] = _days(values.get("sunset_days", {}), source)
        if values.get("stability", "draft") not in LEVELS:
            raise wrong(source, "stability", "there is no such level", f"Choose {', '.join(LEVELS)}.")
        values["verdicts"] = Overrides.read(values.get("verdicts", {}), source)
        if tier is None and "tier" in values:
            raise wrong(source, "tier", f"{values['tier']!r} was not found", "Name a tier that there is.")
        values["tier"] = Tier() if tier is None else tier
        return cls(**values)


def _settings(definition: Mapping[str, Any], source: str) -> None:
    known = {one.name for one in fields(CompatPolicy)} - {"today"}
    for key in definition:
        if key not in known and key != "description":
            near = get_close_matches(str(key), sorted(known), n=1)
            meant = f"Did you mean {near[0]}? " if near else ""
            advice = f"{meant}Known are {', '.join(sorted(known))}."
            raise wrong(source, str(key), f"there is no setting {key!r}", advice)


def _days(value: Any, source: str) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise wrong(source, "sunset_days", "it is no mapping of levels to days", "Write stable: 180.")
    for level, days in value.items():
        if level not in LEVELS:
            advice = f"Levels are {', '.join(LEVELS)}."
            raise wrong(source, f"sunset_days.{level}", "there is no such stability level", advice)
        if not isinstance(days, int) or isinstance(days, bool) or days < 0:
            raise wrong(source, f"sunset_days.{level}", f"{days!r} is no number of days", "Give 0 or more.")
    return dict(value)


BACKWARD = CompatPolicy()
