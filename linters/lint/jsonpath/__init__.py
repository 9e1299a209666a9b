"""JSONPath as Spectral's rulesets write it: the dialect of Nimma and of jsonpath-plus.

Expressions are parsed to steps (`parse`), many of them are joined into one automaton (`automaton`), and one
traversal of a document serves them all (`traverse`).
"""

from .automaton import Automaton
from .parse import parse
from .steps import JsonPath
from .traverse import FilterFailed, Match, matches, traverse

__all__ = ["Automaton", "FilterFailed", "JsonPath", "Match", "matches", "parse", "traverse"]
