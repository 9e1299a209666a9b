"""The contracts that a branch changed: what git lists, told apart into contracts and their parts, and paired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from contracts.errors import ContractError
from contracts.references import DocumentSet
from lading import git
from lading.files import read_bytes, read_set
from lading.locate import at_commit
from lading.outcome import CouldNotTell
from linters.lint.globs import glob

from .kinds import ENDINGS, Kind, kind_of, refers_elsewhere


@dataclass(frozen=True, slots=True)
class Changed:
    """A contract's file now and at the base, from the repository's top; None where there is or was none."""

    now: str | None
    before: str | None

    @property
    def name(self) -> str:
        return self.now or self.before or ""

    @property
    def how(self) -> str:
        if self.now is None:
            return "deleted"
        if self.before is None:
            return "new"
        return "changed" if self.now == self.before else f"was {self.before}"


@dataclass(frozen=True, slots=True)
class _Side:
    name: str
    kind: Kind


def changed(commit: str, patterns: Sequence[str] = ()) -> list[Changed]:
    """The contracts that differ from a commit, in order of their names; with patterns, only those that they match.

    A contract also differs if a file that it refers to does. A file that was a contract and is none any more
    counts as deleted. Raises `CouldNotTell`, also for a pattern that no file of the repository matches.
    """
    top = git.top_folder()
    rows = list(git.changes(commit))
    found: list[Changed] = []
    gone: list[_Side] = []
    come: list[_Side] = []
    for before, now in rows:
        was, is_ = _at_commit(commit, before), _in_tree(top, now)
        if was and is_:
            found.append(Changed(is_.name, was.name))
        elif was:
            gone.append(was)
        elif is_:
            come.append(is_)
    found += _paired(gone, come)
    touched = {name for row in rows for name in row if name is not None}
    found += _by_their_parts(top, commit, touched, {one.now for one in found})
    chosen = _chosen(found, patterns, touched)
    return sorted(chosen, key=lambda one: one.name)


def _at_commit(commit: str, name: str | None) -> _Side | None:
    if name is None or not _may_be_one(name):
        return None
    kind = kind_of(git.content(commit, name), name)
    return _Side(name, kind) if kind else None


def _in_tree(top: Path, name: str | None) -> _Side | None:
    if name is None or not _may_be_one(name) or not (top / name).is_file():
        return None
    kind = kind_of(read_bytes(top / name), name)
    return _Side(name, kind) if kind else None


def _may_be_one(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in ENDINGS


def _paired(gone: list[_Side], come: list[_Side]) -> Iterator[Changed]:
    """Contracts that were moved and changed too much for git to see it, by their titles where these are unique."""
    left = list(come)
    for one in gone:
        alike = [other for other in left if one.kind.title and other.kind == one.kind]
        if len(alike) == 1 and sum(other.kind == one.kind for other in gone) == 1:
            left.remove(alike[0])
            yield Changed(alike[0].name, one.name)
        else:
            yield Changed(None, one.name)
    for other in left:
        yield Changed(other.name, None)


def _by_their_parts(top: Path, commit: str, touched: set[str], known: set[str | None]) -> Iterator[Changed]:
    """Contracts whose own file is as it was, and that refer to one that is not."""
    if not touched:
        return
    for name in git.tracked():
        if name in known or name in touched or not _may_be_one(name) or not (top / name).is_file():
            continue
        content = read_bytes(top / name)
        if not refers_elsewhere(content) or kind_of(content, name) is None:
            continue
        try:
            documents = read_set(top / name, boundary=top)
        except ContractError as error:
            if error.source in touched:
                yield Changed(name, name)
            continue  # what cannot be read could not be read before either
        if touched.intersection(documents.documents) or _has_new_holes(documents, commit, name):
            yield Changed(name, name)


def _has_new_holes(documents: DocumentSet, commit: str, name: str) -> bool:
    """Whether it refers to something that cannot be read, and could be at the base."""
    if not documents.problems:
        return False
    try:
        before = at_commit(commit, name)
    except ContractError:
        return True
    known = set() if before is None else {(one.code, one.message, one.pointer) for one in before.problems}
    return any((one.code, one.message, one.pointer) not in known for one in documents.problems)


def _chosen(found: list[Changed], patterns: Sequence[str], touched: set[str]) -> list[Changed]:
    if not patterns:
        return found
    names = {*git.tracked(), *touched}
    wanted: set[str] = set()
    for pattern in patterns:
        try:
            matching = glob(pattern.removeprefix("./"))
        except re.error:
            raise CouldNotTell(f"{pattern!r} is no pattern of files.", "Mend its brackets.") from None
        matched = {name for name in names if matching.fullmatch(name)}
        if not matched:
            raise CouldNotTell(
                f"no file of the repository matches {pattern!r}.",
                "Patterns count from the repository's top, like 'api/**/*.yaml'.",
            )
        wanted |= matched
    return [one for one in found if one.now in wanted or one.before in wanted]
