"""Recipes: what a rule says under `fix`, read and checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import jsonschema_rs

from linters.lint import Rule, Ruleset, RulesetError

from . import actions
from .action import Action


class Level(StrEnum):
    """How far a fix may be trusted."""

    SAFE = "safe"
    """Nobody who reads or calls the contract can tell the difference, but for the better."""
    SUGGESTED = "suggested"
    """It is what the rule asks for, and may change what is agreed: a name on the wire, an address."""
    DRAFT = "draft"
    """A person has to finish it, or to know more than stands in the contract: only an editor offers it."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to mend what a rule finds. `when` and `unless` are sought in the last key or the text at the finding."""

    level: Level
    title: str
    action: Action
    options: Mapping[str, Any]
    when: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def fits(self, text: str) -> bool:
        return (self.when is None or self.when.search(text) is not None) and (
            self.unless is None or self.unless.search(text) is None
        )


_RECIPE = jsonschema_rs.validator_for(
    {
        "type": "object",
        "required": ["do", "title"],
        "additionalProperties": False,
        "properties": {
            "do": {"type": "string"},
            "title": {"type": "string", "minLength": 3},
            "level": {"enum": [level.value for level in Level]},
            "with": {"type": "object"},
            "when": {"type": "string", "format": "regex"},
            "unless": {"type": "string", "format": "regex"},
        },
    }
)


def recipes(ruleset: Ruleset) -> dict[str, tuple[Recipe, ...]]:
    """The recipes of the rules that run, by their codes. Raises `RulesetError` for one that cannot be read."""
    return {rule.name: of_rule(rule) for rule in ruleset.running if rule.documentation.get("fix") is not None}


def of_rule(rule: Rule) -> tuple[Recipe, ...]:
    """One recipe or a list of them; an editor offers each that fits, the command line takes the first."""
    written = rule.documentation["fix"]
    return tuple(_read(one, rule) for one in (written if isinstance(written, list) else [written]))


def _read(written: Any, rule: Rule) -> Recipe:
    _check(_RECIPE, written, rule)
    if written["do"] not in actions.names():
        near = difflib.get_close_matches(written["do"], actions.names(), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise _fault(rule, f"there is nothing called {written['do']!r} to do.{hint}")
    action = actions.find(written["do"])
    options = written.get("with", {})
    _check(jsonschema_rs.validator_for(dict(action.options)), options, rule)
    try:
        when, unless = (re.compile(written[key]) if key in written else None for key in ("when", "unless"))
    except re.error as error:
        raise _fault(rule, f"a pattern cannot be read: {error}.") from None
    return Recipe(Level(written.get("level", "suggested")), written["title"], action, options, when, unless)


def _check(validator: Any, value: Any, rule: Rule) -> None:
    for error in validator.iter_errors(value):
        raise _fault(rule, f"{error.message}.")


def _fault(rule: Rule, what: str) -> RulesetError:
    return RulesetError.at(
        ("rules", rule.name, "fix"),
        "invalid-fix",
        f"The fix of {rule.name}: {what}",
        rule.source,
        f"Known are {', '.join(actions.names())}.",
    )
