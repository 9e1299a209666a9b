"""Lint reports: what was found, in the forms that people, editors and CI systems read.

Each format is one module in `linters/reports/formats` with a function `render(report) -> str`; its first
docstring line says what it is for, and `ALIASES` which other names it answers to.
"""

from .attachments import Edit, Fix, Related, Suppressed
from .discovery import UnknownFormat, aliases, available, named, names, render
from .help import RuleHelp, help_of
from .related import references_to
from .report import LintReport

__all__ = [
    "Edit",
    "Fix",
    "LintReport",
    "Related",
    "RuleHelp",
    "Suppressed",
    "UnknownFormat",
    "aliases",
    "available",
    "help_of",
    "named",
    "names",
    "references_to",
    "render",
]
