"""Rulesets by name, and the catalogue of every rule that Lading ships.

A ruleset is a file `policies/rulesets/<family>-<name>.yaml` and is called `family:name`; each pack
`policies/lint/<area>.yaml` is a ruleset too, `lading:<area>`. Both are found by looking into the folder.
"""

from .engine import engine_rules
from .named import DEFAULT, UnknownRuleset, definition, known, load, names
from .rules import Mending, Rule, UnknownRule, catalogue, documented, mendings, own_rules, rule

__all__ = [
    "DEFAULT",
    "Mending",
    "Rule",
    "UnknownRule",
    "UnknownRuleset",
    "catalogue",
    "definition",
    "documented",
    "engine_rules",
    "known",
    "load",
    "mendings",
    "names",
    "own_rules",
    "rule",
]
