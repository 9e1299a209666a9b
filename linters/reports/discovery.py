"""Finds the formats in their folder."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from contracts.errors import ContractError

from .report import LintReport


class UnknownFormat(ContractError):
    """A format that no module renders."""


@cache
def available() -> Mapping[str, str]:
    """Every format by name, with a line that says what it is for."""
    folder = files("linters.reports.formats")
    modules = sorted(e.name[:-3] for e in folder.iterdir() if e.name.endswith(".py") and e.name[0] != "_")
    return {name: _purpose((folder / f"{name}.py").read_text("utf-8")) for name in modules}


def render(name: str, report: LintReport) -> str:
    """The report in that format, ending in a newline unless empty. Raises `UnknownFormat`."""
    if name not in available():
        known = ", ".join(available())
        raise UnknownFormat("unknown-format", f"There is no format '{name}'.", advice=f"There are {known}.")
    text: str = importlib.import_module(f"linters.reports.formats.{name}").render(report)
    return text if not text or text.endswith("\n") else text + "\n"


def _purpose(source: str) -> str:
    return (ast.get_docstring(ast.parse(source)) or "").split("\n", 1)[0]
