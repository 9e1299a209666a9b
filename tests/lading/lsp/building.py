"""What the tests of the server's parts have in common."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lsprotocol import types

from lading.lsp.checking import Checked, check
from lading.lsp.folder import Folder
from lading.lsp.ruleset import Judge
from linters.lint import load_ruleset
from linters.reports import help_of
from policies import rulesets

TODAY = date(2026, 11, 28)


RULES = (
    "date-format",
    "lifecycle-deprecated-at",
    "lifecycle-owner",
    "naming-parameter-camel",
    "naming-path-kebab",
    "naming-property-camel",
    "naming-schema-pascal",
    "version-semver",
)
"""Those that these tests are about, whichever others there are."""


def judge(*rules: str) -> Judge:
    areas = sorted({rulesets.rule(code).area for code in rules or RULES})
    definition = {
        "extends": [[f"lading:{area}", "off"] for area in areas],
        "rules": dict.fromkeys(rules or RULES, True),
    }
    ruleset = load_ruleset(definition, named=rulesets.definition)
    return Judge("ours", ruleset, help_of(ruleset))


def checked(root: Path, text: str, *rules: str, **others: str) -> tuple[Checked, Folder]:
    """`a.yaml` with this text in a folder with other files, by their names without `.yaml`."""
    folder = Folder(root, {root / f"{other}.yaml": held for other, held in others.items()})
    found = check(root / "a.yaml", text, folder, judge(*rules), None, TODAY)
    assert found is not None
    return found, folder


def place(text: str, mark: str) -> types.Position:
    """Where `mark` begins, in a text without characters beyond the first plane."""
    before = text[: text.index(mark)]
    return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
