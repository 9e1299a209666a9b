"""Rulesets: read, checked, merged and made ready to run.

`definition` says what the parts of a ruleset may be, `loading` follows `extends` and merges, `aliases` expands
`#Name`, `overrides` picks what applies to a file, `model` is the result.
"""

from .loading import load_ruleset
from .model import Override, Rule, Ruleset, Then

__all__ = ["Override", "Rule", "Ruleset", "Then", "load_ruleset"]
