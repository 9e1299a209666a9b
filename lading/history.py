"""The versions of a contract, oldest first, wherever they are kept: files, the history of git, the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from contracts.errors import ContractError
from contracts.model import build
from linters.changelog import Version

from . import git, settings
from .locate import REGISTRY, at_commit, find
from .outcome import CouldNotTell


def of_places(places: Sequence[str]) -> list[Version]:
    """Each a file, a revision of git (REV:path) or a version of the registry, in the order given."""
    versions = []
    for place in places:
        api = find(place).api
        versions.append(Version(api.version or place, api=api))
    return versions


def of_file(path: str, most: int) -> tuple[list[Version], bool]:
    """What a file was at the commits that touched it, and whether there are older ones than `most`.

    Commits that follow each other and state the same `info.version` are one version, as the last of them has it.
    """
    commits = git.history(path, most + 1)
    if not commits:
        raise CouldNotTell(f"git knows no history of {path}.", "Commit it first, or name two files.")
    read = [_at(commit, name, at.date()) for commit, name, at in commits[:most]]
    # Newest first: the first of those that state the same is what the version came to be.
    versions = [next(same) for _, same in groupby(read, key=lambda one: (one.name, bool(one.problem)))]
    return list(reversed(versions)), len(commits) > most


def of_registry(contract: str, most: int) -> tuple[list[Version], bool]:
    """The published versions of a contract in the registry, and whether there are older ones than `most`."""
    from .client import Client, Refusal  # an HTTP client takes long to import, and files need none

    with Client.open(settings.load()) as client:
        try:
            listed = list(client.pages("contracts", *contract.split("/", 1), "versions"))
        except Refusal as refusal:
            raise CouldNotTell(f"{contract}: {refusal}") from None
    published = [one for one in listed if one["published_at"]]
    return list(reversed([_published(contract, one) for one in published[:most]])), len(published) > most


def _at(commit: str, name: str, day: date) -> Version:
    try:
        documents = at_commit(commit, name)
        if documents is None:
            return Version(commit[:12], day, problem=f"{name} was taken away.")
        api = build(documents)
    except (ContractError, CouldNotTell) as error:
        return Version(commit[:12], day, problem=str(error))
    return Version(api.version or commit[:12], day, api)


def _published(contract: str, one: dict[str, Any]) -> Version:
    day = datetime.fromisoformat(one["published_at"]).date()
    note = "; ".join(_ends(one))
    try:
        api = find(f"{REGISTRY}{contract}@{one['version']}").api
    except ContractError as error:
        return Version(one["version"], day, problem=str(error), note=note)
    return Version(one["version"], day, api, note=note)


def _ends(one: dict[str, Any]) -> Iterator[str]:
    if one["state"] in ("deprecated", "retired"):
        yield one["state"].capitalize()
    if one["sunset_at"]:
        yield f"its last day is {one['sunset_at'][:10]}"
    if one["replacement"]:
        yield f"take {one['replacement']} instead"
