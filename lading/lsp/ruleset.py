"""Which ruleset a folder is judged by, read anew when one of its files changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import ContractError
from lading import settings
from lading.linting.rules import find_ruleset
from lading.linting.trust import Trust
from lading.outcome import CouldNotTell
from linters.lint import Ruleset
from linters.reports import RuleHelp, help_of
from policies import rulesets

NAMES = (".lading.yaml", ".lading.yml", ".spectral.yaml", ".spectral.yml", ".spectral.json", ".spectral.js")
"""Files that hold a folder's ruleset; the first one that is there counts."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A ruleset and what its rules say for themselves; `complaint` tells why it is not the one that is wanted."""

    name: str
    ruleset: Ruleset
    help: Mapping[str, RuleHelp]
    complaint: str = ""


class Judges:
    """The rulesets of folders. `wanted` is the one that the editor is set to, empty for each folder's own."""

    def __init__(self, wanted: str = "") -> None:
        self.wanted = wanted
        self._known: dict[Path, tuple[object, Judge]] = {}

    def of(self, root: Path) -> Judge:
        """The ruleset of a folder; where it cannot be used, ours with a complaint."""
        name = self._name(root)
        state = (name, _stamp(root, name))
        known = self._known.get(root)
        if known is None or known[0] != state:
            known = self._known[root] = (state, _load(root, name))
        return known[1]

    def forget(self) -> None:
        """Reads everything anew when it is asked for next."""
        self._known.clear()

    def _name(self, root: Path) -> str:
        if self.wanted:
            return self.wanted
        return next((name for name in NAMES if (root / name).is_file()), rulesets.DEFAULT)


def is_ruleset(path: Path) -> bool:
    return path.name in NAMES


def _stamp(root: Path, name: str) -> object:
    """What changes when somebody saves the ruleset."""
    try:
        status = (root / name).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _load(root: Path, name: str) -> Judge:
    place = root / name
    try:
        wanted = str(place) if place.is_file() else name
        ruleset = find_ruleset(wanted, Trust.of(settings.load()))
    except (ContractError, CouldNotTell) as error:
        ours = rulesets.load(rulesets.DEFAULT)
        complaint = f"The ruleset {name} cannot be used, so {rulesets.DEFAULT} is: {error}"
        return Judge(rulesets.DEFAULT, ours, help_of(ours), complaint)
    return Judge(name, ruleset, help_of(ruleset))
