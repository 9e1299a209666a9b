"""Findings that a change since a git revision has to do with: at what it touched, or not there before it."""

from __future__ import annotations

import os
from pathlib import Path

from contracts.errors import ContractError
from contracts.pointers import Path as NodePath
from contracts.references import DocumentSet
from lading.files import STDIN
from lading.git import commit_of, top_folder
from lading.locate import at_commit
from lading.outcome import CouldNotTell
from linters.lint import Finding, Ruleset, lint
from linters.suppression import is_about_an_entry
from linters.touched import Touched

_Known = tuple[str, str, NodePath, str]
"""Source, code, path and message of a finding in the version before."""


class Since:
    """What there was at a revision, gathered file by file as they are judged.

    A finding belongs to the change if the node where it lies is touched (`linters.touched`), or if the same
    finding was not there before: a definition that was taken out is complained about where it was used.
    """

    def __init__(self, revision: str, rules: Ruleset) -> None:
        self.revision = revision
        self.rules = rules
        self.notes: list[str] = []
        self._top = os.path.realpath(top_folder())
        self._commit = commit_of(revision)
        self._compared: dict[str, list[Touched]] = {}
        self._known: set[_Known] = set()
        self._together: set[tuple[str, str]] = set()
        """Sources and codes of what was told once of all places: mending one of them names the others."""

    def see(self, documents: DocumentSet, _findings: tuple[Finding, ...]) -> None:
        """Compares a contract and the files that it refers to with what they were."""
        name = self._in_repository(documents.root.source)
        try:
            before = at_commit(self._commit, name)
        except ContractError as error:
            self.notes.append(
                f"{documents.root.source} at {self.revision} cannot be read, so all of it counts: {error}"
            )
            before = None
        if before is None:
            return
        for finding in lint(before, self.rules):
            self._known.add((finding.source, finding.code, finding.path, finding.message))
            if finding.stands_for > 1:
                self._together.add((finding.source, finding.code))
        for source, document in documents.documents.items():
            old = before.documents.get(self._in_repository(source))
            if old is not None:
                self._compared.setdefault(source, []).append(Touched(old.value, document.value))

    def is_touched(self, finding: Finding) -> bool:
        return not any(self._is_old(finding, one) for one in self._compared.get(finding.source, ()))

    def told(self, left_out: int) -> list[str]:
        """Lines for people, with how many findings the change has nothing to do with."""
        noun = "finding is" if left_out == 1 else "findings are"
        return [
            *self.notes,
            f"since {self.revision}  {left_out} {noun} where nothing was touched, and not counted",
        ]

    def _is_old(self, finding: Finding, compared: Touched) -> bool:
        path = compared.counterpart(finding.path)
        if path is None or compared.is_touched(finding.path):
            return False
        if is_about_an_entry(finding.code):
            return True  # the rules do not find these; the entry is as it was
        source = self._in_repository(finding.source)
        if (source, finding.code) in self._together and finding.stands_for == 1:
            return True
        return (source, finding.code, path, finding.message) in self._known

    def _in_repository(self, source: str) -> str:
        if source in (STDIN, "stdin"):
            raise CouldNotTell("what comes from standard input has no version before.", "Name the file.")
        path = os.path.realpath(Path(source))
        if not Path(path).is_relative_to(self._top):
            raise CouldNotTell(
                f"{source} lies outside the git repository.", "Run from the folder that holds it."
            )
        return Path(os.path.relpath(path, self._top)).as_posix()
