"""The lint engine: Spectral's ruleset language, run on contracts.

`load_ruleset` makes a `Ruleset` of a definition; `lint` runs it over a document, or over a set of documents that
refer to each other, and gives `Finding`s.
"""

from .engine import lint
from .errors import RuleFailed, RulesetError
from .findings import Finding
from .function import Check, Context, Function, Problem
from .rulesets import Rule, Ruleset, load_ruleset
from .severity import Severity

__all__ = [
    "Check",
    "Context",
    "Finding",
    "Function",
    "Problem",
    "Rule",
    "RuleFailed",
    "Ruleset",
    "RulesetError",
    "Severity",
    "lint",
    "load_ruleset",
]
