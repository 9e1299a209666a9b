"""Finds the formats in their folder."""

from __future__ import annotations

import ast
import difflib
import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contracts.errors import ContractError

from .report import LintReport

_FOLDER = Path(__file__).parent / "formats"
_SURROGATES = re.compile("[\ud800-\udfff]")


class UnknownFormat(ContractError):
    """A format that no module renders."""


@dataclass(frozen=True, slots=True)
class _Format:
    purpose: str
    aliases: tuple[str, ...]


def names() -> tuple[str, ...]:
    """Every format, sorted; none is read for it."""
    return tuple(_modules())


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
    if name in _modules():
        return name
    if name in aliases():
        return aliases()[name]
    close = difflib.get_close_matches(name, [*names(), *aliases()], n=1)
    hint = f"Did you mean {close[0]}? " if close else ""
    raise UnknownFormat(
        "unknown-format", f"There is no format '{name}'.", advice=f"{hint}There are {', '.join(names())}."
    )


def render(name: str, report: LintReport) -> str:
    """The report in that format, ending in a newline unless empty. Raises `UnknownFormat`."""
    module = importlib.import_module(f"linters.reports.formats.{_modules()[named(name)]}")
    # A lone half of a surrogate pair, which documents may spell, cannot be written as UTF-8.
    text: str = _SURROGATES.sub("�", module.render(report))
    return text if not text or text.endswith("\n") else text + "\n"


@cache
def _modules() -> Mapping[str, str]:
    """The module of each format."""
    modules = sorted(file.stem for file in _FOLDER.glob("*.py") if file.name[0] != "_")
    return {module.replace("_", "-"): module for module in modules}


@cache
def _found() -> Mapping[str, _Format]:
    """What the modules say of themselves, read without running them: only what is asked for is imported."""
    found = {}
    for name, module in _modules().items():
        tree = ast.parse((_FOLDER / f"{module}.py").read_text("utf-8"))
        found[name] = _Format((ast.get_docstring(tree) or "").split("\n", 1)[0], _aliases(tree))
    return found


def _aliases(tree: ast.Module) -> tuple[str, ...]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["ALIASES"]:
            return tuple(ast.literal_eval(node.value))
    return ()
