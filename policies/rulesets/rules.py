"""The catalogue: every rule that Lading ships, with what it says for itself."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from contracts.errors import ContractError

from .named import definition, packs


class UnknownRule(ContractError):
    """A code that no rule of ours has."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule's documentation. `severity` is error, warn, info or hint; `good` and `bad` are YAML snippets."""

    code: str
    area: str
    description: str
    message: str
    severity: str
    recommended: bool
    formats: tuple[str, ...]
    why: str
    good: str
    bad: str
    source: str


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the packs. Two rules of one code are refused."""
    rules: dict[str, Rule] = {}
    for area in packs():
        for code, stanza in definition(f"lading:{area}")["rules"].items():
            if code in rules:
                raise AssertionError(f"the rule {code} is in {rules[code].area}.yaml and in {area}.yaml")
            rules[code] = _rule(code, area, stanza)
    return rules


def rule(code: str) -> Rule:
    """The rule of that code. Raises `UnknownRule` with the closest codes there are."""
    rules = catalogue()
    if code not in rules:
        close = difflib.get_close_matches(code, rules, n=3, cutoff=0.5)
        within = [known for known in rules if code in known][:5]
        hint = ", ".join(dict.fromkeys([*close, *within]))
        advice = f"Did you mean {hint}?" if hint else "`lading explain` lists all of them."
        raise UnknownRule("unknown-rule", f"There is no rule called '{code}'.", advice=advice)
    return rules[code]


def _rule(code: str, area: str, stanza: Mapping[str, Any]) -> Rule:
    if stanza["area"] != area:
        raise AssertionError(f"the rule {code} says area {stanza['area']} and is in {area}.yaml")
    return Rule(
        code=code,
        area=area,
        description=stanza["description"],
        message=stanza["message"],
        severity=stanza["severity"],
        recommended=stanza.get("recommended", True),
        formats=tuple(stanza["formats"]),
        why=stanza["why"].strip(),
        good=stanza["good"],
        bad=stanza["bad"],
        source=stanza["source"],
    )
