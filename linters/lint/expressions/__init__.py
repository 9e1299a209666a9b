"""The small part of JavaScript that filters in JSONPath expressions and message templates are written in."""

from .analysis import Needs, needs
from .evaluate import Evaluator, Here, Link, compile_expression
from .parse import parse
from .syntax import Expression

__all__ = ["Evaluator", "Expression", "Here", "Link", "Needs", "compile_expression", "needs", "parse"]
