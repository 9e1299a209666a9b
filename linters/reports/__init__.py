"""Lint reports: what was found, in the forms that people, editors and CI systems read.

Each format is one module in `linters/reports/formats` with a function `render(report) -> str`; its first
docstring line says what it is for.
"""

from .attachments import Edit, Fix, Related, Suppressed
from .discovery import available, render
from .help import RuleHelp, help_of
from .report import LintReport

__all__ = [
    "Edit",
    "Fix",
    "LintReport",
    "Related",
    "RuleHelp",
    "Suppressed",
    "available",
    "help_of",
    "render",
]
