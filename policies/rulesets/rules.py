"""Every rule that Lading ships, with what it says for itself: the catalogue of the packs, and the named rulesets."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from contracts.errors import ContractError

from .named import definition, names, packs


class UnknownRule(ContractError):
    """A code that no rule of ours has."""


@dataclass(frozen=True, slots=True)
class Mending:
    """A way to mend what a rule finds: its title, and its level, safe, suggested or draft."""

    title: str
    level: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule's documentation. `severity` is error, warn, info or hint; `good` and `bad` are YAML snippets.

    `area` is the pack that the rule is in, or the named ruleset.
    """

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
    fixes: tuple[Mending, ...] = ()


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


@cache
def documented() -> Mapping[str, Rule]:
    """The catalogue, and behind it the rules that named rulesets define and say why. Each code is there once."""
    rules = dict(catalogue())
    for name in names():
        for code, stanza in own_rules(name).items():
            if code in rules:
                raise AssertionError(f"the rule {code} is in {rules[code].area} and in {name}")
            rules[code] = _rule(code, name, {**stanza, "area": name})
    return rules


def own_rules(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The documented rules that a named ruleset defines itself; none where it is a pack."""
    if name.removeprefix("lading:") in packs():
        return {}
    rules = definition(name).get("rules", {})
    return {code: stanza for code, stanza in rules.items() if isinstance(stanza, Mapping) and "why" in stanza}


def rule(code: str) -> Rule:
    """The rule of that code. Raises `UnknownRule` with the closest codes there are."""
    rules = documented()
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
        formats=tuple(stanza.get("formats", ("oas2", "oas3"))),
        why=stanza["why"].strip(),
        good=stanza["good"],
        bad=stanza["bad"],
        source=stanza["source"],
        fixes=mendings(stanza),
    )


def mendings(stanza: Mapping[str, Any]) -> tuple[Mending, ...]:
    """The ways to mend that a rule states under `fix`: one, or a list."""
    written = stanza.get("fix") or []
    return tuple(
        Mending(str(one.get("title", "")), str(one.get("level", "suggested")))
        for one in (written if isinstance(written, list) else [written])
        if isinstance(one, Mapping)
    )
