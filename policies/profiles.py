"""Gate profiles and compatibility policies by name: one YAML file each, in `gates/` and `compat/`.

A person's own file works like one of these. What it names (`extends`, `policy`) is a name of ours, or another file
that a function which is handed in gets hold of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError
from linters.diff import CompatPolicy, Tier
from linters.gate import Profile

DEFAULT = "default"
DEEPEST = 8
"""Files that may extend one another."""

Retrieve = Callable[[str], bytes]
"""Gets a file by the name that it is called by. Raises `ContractError`."""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to choose from: a name and a sentence about it."""

    name: str
    description: str


def names() -> tuple[str, ...]:
    """Every gate profile."""
    return _names("gates")


def policies() -> tuple[str, ...]:
    """Every compatibility policy."""
    return _names("compat")


def tiers() -> tuple[str, ...]:
    """Every tier of strictness."""
    return _names("tiers")


def described() -> tuple[Told, ...]:
    """Every compatibility policy with its description."""
    return tuple(Told(name, _definition(name, None)["description"]) for name in policies())


@cache
def load(name: str) -> Profile:
    """The gate profile of a name. Raises `ContractError` where there is none."""
    return _profile(_shipped("gates", name, "gate profile"), name, f"{name}.yaml", None)


@cache
def policy(name: str) -> CompatPolicy:
    """The compatibility policy of a name. Raises `ContractError` where there is none."""
    return _policy(_definition(name, None), name, f"{name}.yaml")


@cache
def tier(name: str) -> Tier:
    """The tier of a name. Raises `ContractError` where there is none."""
    return Tier.read(name, _shipped("tiers", name, "tier"), f"{name}.yaml")


def load_from(source: str, retrieve: Retrieve) -> Profile:
    """The gate profile in a file. Raises `ContractError`."""
    return _profile(_mapping(retrieve(source), source), source, source, retrieve)


def policy_from(source: str, retrieve: Retrieve) -> CompatPolicy:
    """The compatibility policy in a file. Raises `ContractError`."""
    return _policy(_definition(source, retrieve), source, source)


def _profile(definition: Mapping[str, Any], name: str, source: str, retrieve: Retrieve | None) -> Profile:
    wanted = definition.get("policy", "backward")
    found = _policy(_definition(wanted, retrieve), wanted, wanted)
    return Profile.read({**definition, "name": name}, found, source)


def _policy(definition: Mapping[str, Any], name: str, source: str) -> CompatPolicy:
    wanted = tier(definition["tier"]) if "tier" in definition else None
    return CompatPolicy.read({**definition, "name": name}, source, tier=wanted)


def _definition(name: str, retrieve: Retrieve | None, above: tuple[str, ...] = ()) -> dict[str, Any]:
    """The settings of a policy over those of the one that it extends; `verdicts` come after the other's."""
    if name in above or len(above) == DEEPEST:
        raise ContractError(
            "compat-policy", f"Compatibility policies extend one another: {' → '.join((*above, name))}.", name,
            advice=f"End the chain, within {DEEPEST} files, with one that extends nothing.",
        )  # fmt: skip
    if retrieve is None or name in policies():
        own = _shipped("compat", name, "compatibility policy")
    else:
        own = _mapping(retrieve(str(name)), str(name))
    if "extends" not in own:
        return own
    base = _definition(own["extends"], retrieve, (*above, name))
    together = {**base, **{key: value for key, value in own.items() if key != "extends"}}
    first, second = base.get("verdicts"), own.get("verdicts")
    if isinstance(first, dict) and isinstance(second, dict):
        # The last that fits counts, so what is said again is said at the end.
        together["verdicts"] = {key: value for key, value in first.items() if key not in second} | second
    return together


def _names(folder: str) -> tuple[str, ...]:
    found = (entry.name for entry in (files(__package__) / folder).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def _shipped(folder: str, name: str, what: str) -> dict[str, Any]:
    if name not in _names(folder):
        raise ContractError(
            f"unknown-{what.replace(' ', '-')}",
            f"There is no {what} {name!r}.",
            advice=f"Known are {', '.join(_names(folder))}.",
        )
    entry = files(__package__) / folder / f"{name}.yaml"
    return _mapping(entry.read_bytes(), entry.name)


def _mapping(content: bytes, source: str) -> dict[str, Any]:
    value = parse(content, source).value
    if not isinstance(value, dict):
        raise ContractError(
            "compat-policy", f"{source} holds no settings.", source, advice="Write one `name: value` a line."
        )
    return value
