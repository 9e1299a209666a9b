"""Gate profiles and compatibility policies by name: one YAML file each, in `gates/` and `compat/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError
from linters.diff import CompatPolicy
from linters.gate import Profile

DEFAULT = "default"


def names() -> tuple[str, ...]:
    """Every gate profile."""
    return _names("gates")


def policies() -> tuple[str, ...]:
    """Every compatibility policy."""
    return _names("compat")


@cache
def load(name: str) -> Profile:
    """The gate profile of a name. Raises `ContractError` where there is none."""
    definition = _read("gates", name, "gate profile")
    found = policy(definition.get("policy", "backward"))
    return Profile.read({**definition, "name": name}, found, f"{name}.yaml")


@cache
def policy(name: str) -> CompatPolicy:
    """The compatibility policy of a name. Raises `ContractError` where there is none."""
    return CompatPolicy.read({**_read("compat", name, "compatibility policy"), "name": name}, f"{name}.yaml")


def _names(folder: str) -> tuple[str, ...]:
    found = (entry.name for entry in (files(__package__) / folder).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def _read(folder: str, name: str, what: str) -> dict[str, Any]:
    if name not in _names(folder):
        raise ContractError(
            f"unknown-{what.replace(' ', '-')}",
            f"There is no {what} {name!r}.",
            advice=f"Known are {', '.join(_names(folder))}.",
        )
    entry = files(__package__) / folder / f"{name}.yaml"
    value: dict[str, Any] = parse(entry.read_bytes(), entry.name).value
    return value
