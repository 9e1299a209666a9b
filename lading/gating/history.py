"""The versions that a contract had: the files of a folder, or what git keeps of one file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import ContractError
from contracts.limits import DEFAULT, Limits
from contracts.model import build
from lading import git
from lading.files import read_set
from lading.locate import Found, at_commit
from lading.outcome import CouldNotTell
from linters.gate import Earlier
from linters.gate.ordering import newest_first
from linters.gate.request import contents
from linters.gate.versions import is_earlier

GIT = "git"
MOST_COMMITS = 500
_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class History:
    """What a candidate follows: the base, None where there is nothing, and what came before that."""

    base: Found | None
    earlier: tuple[Earlier, ...]


def of(place: str, file: str, candidate: Found, *, limits: Limits = DEFAULT) -> History:
    """The history that a folder of versions, or `git`, has of a file: what is not later than the candidate.

    Raises `CouldNotTell`.
    """
    known = in_git(file, limits) if place == GIT else in_folder(Path(place), limits)
    own, number = contents(candidate.api), str(candidate.api.version)
    others = [
        one for one in known if contents(one.api) != own and not is_earlier(number, str(one.api.version))
    ]
    try:
        order = newest_first(str(one.api.version) for one in others)
    except ContractError as error:
        raise CouldNotTell(f"{place}: {error.message}", error.advice) from None
    newest = {version: next(one for one in others if str(one.api.version) == version) for version in order}
    found = [newest[version] for version in order]
    return History(found[0] if found else None, earlier(found[1:]))


def earlier(found: Iterable[Found]) -> tuple[Earlier, ...]:
    return tuple(Earlier(one.version or str(one.api.version), one.api) for one in found)


def in_folder(folder: Path, limits: Limits = DEFAULT) -> list[Found]:
    """Every contract in a folder; each file is a version, and one that cannot be read is not passed over."""
    if not folder.is_dir():
        raise CouldNotTell(f"{folder} is no folder.", "Name a folder of versions, or say git.")
    found = []
    for path in sorted(one for one in folder.iterdir() if one.suffix in _ENDINGS):
        try:
            like = found[-1].documents.root if found else None
            found.append(Found(str(path), build(read_set(path, limits=limits, tolerant=False, like=like))))
        except ContractError as error:
            raise CouldNotTell(f"{path}: {error}", "Keep only versions of the contract there.") from None
    return found


def in_git(file: str, limits: Limits = DEFAULT) -> list[Found]:
    """The last commit of each version that a file had, the newest commit first.

    A commit in which the file cannot be read was nothing that anyone could build on.
    """
    found: dict[str, Found] = {}
    one: Found | None = None
    for commit, name, _ in git.history(os.path.relpath(file), MOST_COMMITS):
        try:
            documents = at_commit(commit, name, limits=limits, like=one)
            if documents is None:
                continue
            one = Found(f"{commit[:12]}:{name}", build(documents))
        except ContractError:
            continue
        found.setdefault(str(one.api.version), one)
    return list(found.values())
