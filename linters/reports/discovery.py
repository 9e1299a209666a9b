"""Finds the formats in their folder."""

from __future__ import annotations

import ast
import difflib
import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from contracts.errors import ContractError

from .report import LintReport

_SURROGATES = re.compile("[\ud800-\udfff]")


class UnknownFormat(ContractError):
    """A format that no module renders."""


@dataclass(frozen=True, slots=True)
class _Format:
    module: str
    purpose: str
    aliases: tuple[str, ...]


@cache
def available() -> Mapping[str, str]:
    """Every format by name, with a line that says what it is for."""
    return {name: found.purpose for name, found in _found().items()}


@cache
def aliases() -> Mapping[str, str]:
    """Names that other linters have for our formats, each with ours."""
    return {alias: name for name, found in _found().items() for alias in found.aliases}


def named(name: str) -> str:
    """The format's own name, for that or for an alias. Raises `UnknownFormat`."""
    if name in available():
        return name
    if name in aliases():
        return aliases()[name]
    close = difflib.get_close_matches(name, [*available(), *aliases()], n=1)
    hint = f"Did you mean {close[0]}? " if close else ""
    raise UnknownFormat(
        "unknown-format", f"There is no format '{name}'.", advice=f"{hint}There are {', '.join(available())}."
    )


def render(name: str, report: LintReport) -> str:
    """The report in that format, ending in a newline unless empty. Raises `UnknownFormat`."""
    module = importlib.import_module(f"linters.reports.formats.{_found()[named(name)].module}")
    # A lone half of a surrogate pair, which documents may spell, cannot be written as UTF-8.
    text: str = _SURROGATES.sub("�", module.render(report))
    return text if not text or text.endswith("\n") else text + "\n"


@cache
def _found() -> Mapping[str, _Format]:
    folder = files("linters.reports.formats")
    modules = sorted(e.name[:-3] for e in folder.iterdir() if e.name.endswith(".py") and e.name[0] != "_")
    found = {}
    for module in modules:
        tree = ast.parse((folder / f"{module}.py").read_text("utf-8"))
        purpose = (ast.get_docstring(tree) or "").split("\n", 1)[0]
        found[module.replace("_", "-")] = _Format(module, purpose, _aliases(tree))
    return found


def _aliases(tree: ast.Module) -> tuple[str, ...]:
    """What a module states as `ALIASES`, read without running it: only what is asked for is imported."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["ALIASES"]:
            return tuple(ast.literal_eval(node.value))
    return ()
