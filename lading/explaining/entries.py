"""Which rules are meant: by their code, their area or their ruleset, of ours or of somebody else's."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lading.outcome import CouldNotTell
from linters.lint import Rule as RunningRule
from linters.lint import Ruleset
from policies import rulesets
from policies.rulesets import Rule, catalogue, documented, engine_rules, mendings

_GENERAL = "general"


def everything() -> list[Rule]:
    """The rules of our packs, by area, and what is found without a rule."""
    return [*catalogue().values(), *engine_rules().values()]


def named(name: str) -> list[Rule]:
    """One rule, or those of an area or of a named ruleset. Raises `CouldNotTell` with what was perhaps meant."""
    ours = {**documented(), **engine_rules()}
    if name in ours:
        return [ours[name]]
    ruleset = rulesets.known(name)
    if ruleset is not None:
        return of_ruleset(rulesets.load(ruleset), ruleset)
    of_area = [entry for entry in ours.values() if entry.area == name]
    if of_area:
        return of_area
    for of in rulesets.names():
        # A ruleset may hold rules that do not say why; they say at least what.
        if name in rulesets.load(of).rules:
            return [_entry(rulesets.load(of).rules[name], of)]
    areas = {entry.area for entry in ours.values()}
    raise _unknown(name, [*ours, *areas, *rulesets.names()], "rule, area or ruleset")


def named_in(name: str, ruleset: Ruleset, source: str) -> list[Rule]:
    """One rule of a ruleset, with the severity that it has there, or those of an area. Raises `CouldNotTell`."""
    if name in engine_rules():
        return [engine_rules()[name]]
    if name in ruleset.rules:
        return [_entry(ruleset.rules[name], source)]
    of_area = [entry for entry in of_ruleset(ruleset, source) if entry.area == name]
    if not of_area:
        raise _unknown(name, [*ruleset.rules], f"rule in {source}")
    return of_area


def of_ruleset(ruleset: Ruleset, source: str) -> list[Rule]:
    """Every rule that a ruleset runs, by area, with the severities that it gives."""
    found = [_entry(rule, source) for rule in ruleset.running]
    order = {area: number for number, area in enumerate(dict.fromkeys(entry.area for entry in found))}
    return sorted(found, key=lambda entry: order[entry.area])


def _entry(rule: RunningRule, source: str) -> Rule:
    ours = documented().get(rule.name)
    said: Mapping[str, Any] = rule.documentation
    return Rule(
        code=rule.name,
        area=ours.area if ours is not None else _text(said, "area") or source or _GENERAL,
        description=rule.description or "",
        message=rule.message or "",
        severity=rule.severity.label if rule.runs and rule.severity is not None else "off",
        recommended=rule.recommended,
        formats=tuple(sorted(rule.formats or ())),
        why=_text(said, "why").strip(),
        good=_text(said, "good"),
        bad=_text(said, "bad"),
        source=_text(said, "source") or rule.documentation_url or "",
        fixes=mendings(said),
    )


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key, "")
    return value if isinstance(value, str) else ""


def _unknown(name: str, known: Sequence[str], what: str) -> CouldNotTell:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    within = [one for one in known if name and name in one][:5]
    meant = list(dict.fromkeys([*close, *within]))
    advice = f"Did you mean {_or(meant)}?" if meant else "`lading explain` lists the rules."
    return CouldNotTell(f"there is no {what} called {name!r}.", advice)


def _or(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
