"""How compatible is compatible enough: which side must not break, and the switches where tools disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from contracts.errors import ContractError

from .proof.outcome import Names
from .verdicts import Side

SEVERITIES = ("breaking", "safe", "unknown")


@dataclass(frozen=True, slots=True)
class CompatPolicy:
    """A compatibility policy. The defaults are the policy `backward`.

    Its reasons are in `docs/decisions`, row by row.
    """

    name: str = "backward"
    protects: tuple[Side, ...] = ("consumer",)
    """Whose programs must keep working."""
    names: Names = Names.DECLARED
    """`any`: a property that is added to an open object counts, since data may hold its name already."""
    formats: bool = True
    """Whether `format` restricts values, as gateways and generated code have it."""
    extensible_enums: bool = False
    """Whether consumers are expected to bear new enum values; otherwise only where `x-extensible-enum` says so."""
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
    verdicts: Mapping[str, str] = field(default_factory=dict)
    """Check id → `breaking`, `safe` or `unknown`, over anything else."""
    today: date | None = None
    """The day for which lifecycle checks hold; without it, dates are compared with each other only."""

    @classmethod
    def read(cls, definition: Mapping[str, Any], source: str = "") -> CompatPolicy:
        """The policy that a mapping describes. Raises `ContractError` for what it does not know."""
        known = {one.name for one in fields(cls)} - {"today"}
        for key in definition:
            if key not in known and key != "description":
                raise _wrong(
                    source, key, f"there is no setting {key!r}", f"Known are {', '.join(sorted(known))}."
                )
        values = {key: value for key, value in definition.items() if key in known}
        protects = tuple(values.get("protects", ("consumer",)))
        if not protects or not set(protects) <= {"consumer", "provider"}:
            raise _wrong(source, "protects", "it names neither consumer nor provider", "Give a list of them.")
        try:
            values["names"] = Names(values.get("names", "declared"))
        except ValueError:
            raise _wrong(source, "names", "it is neither any nor declared", "Choose one.") from None
        for key, value in values.get("verdicts", {}).items():
            if value not in SEVERITIES:
                raise _wrong(
                    source, f"verdicts.{key}", f"{value!r} is no verdict", f"Use {', '.join(SEVERITIES)}."
                )
        values["protects"] = protects
        return cls(**values)


BACKWARD = CompatPolicy()


def _wrong(source: str, key: str, message: str, advice: str) -> ContractError:
    return ContractError(
        "compat-policy", f"In the compatibility policy, {key}: {message}.", source, advice=advice
    )
