"""Named rulesets: which there are, what they hold, and the compiled form of one."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError
from linters.lint import Ruleset, load_ruleset

from .equivalents import equivalent

DEFAULT = "lading:recommended"
"""What a contract is judged by where nothing else is said."""


class UnknownRuleset(ContractError):
    """A name that no ruleset of ours has."""


def names() -> tuple[str, ...]:
    """Every ruleset that can be named, sorted."""
    return tuple(sorted(_found()))


def packs() -> Mapping[str, Path]:
    """The files of rules, by area."""
    return _yaml_in("lint")


def known(reference: str) -> str | None:
    """The name of the ruleset that is meant, by its own name or by one that people know it by."""
    name = reference if reference in _found() else equivalent(reference)
    return name if name in _found() else None


def definition(reference: str) -> Mapping[str, Any]:
    """The ruleset as it is written, in Spectral's language. Treat it as frozen. Raises `UnknownRuleset`."""
    name = known(reference)
    if name is None:
        raise _unknown(reference, _found())
    return _definition(name)


@cache
def _definition(name: str) -> Mapping[str, Any]:
    found = _found()
    value = parse(found[name].read_bytes(), f"{name} ({found[name].name})").value
    assert isinstance(value, dict), f"{name} is no mapping"
    return value


def load(reference: str) -> Ruleset:
    """The compiled ruleset, made once. Raises `UnknownRuleset`."""
    name = known(reference)
    if name is None:
        raise _unknown(reference, _found())
    return _load(name)


@cache
def _load(name: str) -> Ruleset:
    return load_ruleset(dict(definition(name)), source=name, named=definition)


@cache
def _found() -> Mapping[str, Path]:
    found = {name.replace("-", ":", 1): file for name, file in _yaml_in("rulesets").items()}
    for area, file in packs().items():
        name = f"lading:{area}"
        if name in found:
            raise AssertionError(f"{name} is both a ruleset and a pack; rename one of them")
        found[name] = file
    return found


def _yaml_in(folder: str) -> dict[str, Path]:
    return {file.stem: file for file in sorted((Path(__file__).parents[1] / folder).glob("*.yaml"))}


def _unknown(name: str, found: Mapping[str, Path]) -> UnknownRuleset:
    close = difflib.get_close_matches(name, found, n=1)
    hint = f"Did you mean '{close[0]}'?" if close else f"There are {', '.join(sorted(found))}."
    return UnknownRuleset("unknown-ruleset", f"There is no ruleset called '{name}'.", advice=hint)
