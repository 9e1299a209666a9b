"""Profiles: how much is asked of a version, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from contracts.errors import ContractError
from linters.diff import BACKWARD, CompatPolicy
from linters.lint import Severity
from linters.suppression import IGNORES, Ignores

SEVERITIES: dict[str, Severity | None] = {
    "error": Severity.ERROR,
    "warn": Severity.WARN,
    "info": Severity.INFO,
    "hint": Severity.HINT,
    "never": None,
}
CHECKS = ("validity", "lint", "compatibility", "version", "lifecycle", "impact")
_CHOICES: dict[str, tuple[str, ...]] = {
    "breaking": ("refuse", "major"),
    "unchecked": ("fail", "pass"),
    "ignores": IGNORES,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A gate profile. The defaults are those of the profile `default`."""

    name: str = "default"
    description: str = ""
    ruleset: str = "lading:recommended"
    fail_severity: Severity | None = Severity.ERROR
    """The mildest finding that fails; None lets every finding pass."""
    ignores: Ignores = "errors-excepted"
    """Which findings a contract may ignore by itself, where its owner writes why."""
    ratchet: bool = False
    """Whether a version that follows another may have no more findings of any rule than that had.

    Then `fail_severity` is for first versions, which follow none.
    """
    policy: CompatPolicy = BACKWARD
    breaking: Literal["refuse", "major"] = "major"
    """Whether a breaking change is refused always, or may come with a new major version."""
    notice_days: int = 90
    """Days between the announcement and the end of an operation."""
    required: frozenset[str] = field(
        default_factory=lambda: frozenset(("validity", "lint", "compatibility", "version", "lifecycle"))
    )
    """Checks that decide; the others are told."""
    unchecked: Literal["fail", "pass"] = "fail"
    """What becomes of a version where a required check could not be made."""

    @classmethod
    def read(cls, definition: Mapping[str, Any], policy: CompatPolicy, source: str = "") -> Profile:
        """The profile that a mapping describes, with its compatibility policy already found.

        Raises `ContractError` for what it does not know.
        """
        known = {one.name for one in fields(cls)}
        for key in definition:
            if key not in known:
                raise _wrong(source, key, f"there is no such setting; known are {', '.join(sorted(known))}")
        values = {**definition, "policy": policy}
        severity = values.get("fail_severity", "error")
        if severity not in SEVERITIES:
            raise _wrong(source, "fail_severity", f"it is one of {', '.join(SEVERITIES)}, not {severity!r}")
        values["fail_severity"] = SEVERITIES[severity]
        required = frozenset(values.get("required", CHECKS[:5]))
        if not required <= set(CHECKS):
            raise _wrong(source, "required", f"there are the checks {', '.join(CHECKS)}")
        values["required"] = required
        for key, allowed in _CHOICES.items():
            if values.get(key, allowed[0]) not in allowed:
                raise _wrong(source, key, f"it is {' or '.join(allowed)}, not {values[key]!r}")
        if not isinstance(values.get("ratchet", False), bool):
            raise _wrong(source, "ratchet", "it is true or false")
        days = values.get("notice_days", 90)
        if not isinstance(days, int) or isinstance(days, bool) or days < 0:
            raise _wrong(source, "notice_days", "it is a whole number of days")
        return cls(**values)


def _wrong(source: str, key: str, message: str) -> ContractError:
    return ContractError("gate-profile", f"In the gate profile, {key}: {message}.", source)
