"""What the tests of the server's parts have in common."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lsprotocol import types

from lading.lsp.checking import Checked, check
from lading.lsp.folder import Folder
from lading.lsp.ruleset import Judge
from linters.reports import help_of
from policies import rulesets

TODAY = date(2026, 11, 28)


def judge(name: str = "lading:all") -> Judge:
    ruleset = rulesets.load(name)
    return Judge(name, ruleset, help_of(ruleset))


def checked(root: Path, text: str, name: str = "lading:all", **others: str) -> tuple[Checked, Folder]:
    """`a.yaml` with this text in a folder with other files, by their names without `.yaml`."""
    folder = Folder(root, {root / f"{other}.yaml": held for other, held in others.items()})
    found = check(root / "a.yaml", text, folder, judge(name), None, TODAY)
    assert found is not None
    return found, folder


def place(text: str, mark: str) -> types.Position:
    """Where `mark` begins, in a text without characters beyond the first plane."""
    before = text[: text.index(mark)]
    return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
