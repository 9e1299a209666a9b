"""Lint reports: what was found, in the forms that people, editors and CI systems read.

Each format is one module in `linters/reports/formats` with a function `render(report) -> str`; its first
docstring line says what it is for.
"""

from .discovery import available, render
from .help import RuleHelp, help_of
from .report import LintReport

__all__ = ["LintReport", "RuleHelp", "available", "help_of", "render"]
