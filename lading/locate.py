"""Where a contract is to be had: a file, a revision of a git repository, or the registry.

`orders.yaml`, `HEAD~1:api/orders.yaml`, `registry:erp/orders@1.2.0`. `origin/main...:api/orders.yaml` is the file as
it was when this branch left origin/main. Relative references are followed in the
same place: in the folder, in the same revision, among the files that the registry keeps for the version.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from contracts.document import Document, parse
from contracts.errors import ContractError, UnresolvableReference
from contracts.limits import DEFAULT, Limits
from contracts.model import EventApi, HttpApi, build
from contracts.references import DocumentSet, from_files, load

from . import git, settings
from .files import read_set
from .outcome import CouldNotTell

REGISTRY = "registry:"
_MERGE_BASE = "..."
_IDENTITY = re.compile(r"(?P<contract>[^/@\s]+/[^/@\s]+)(?:@(?P<version>\S+))?")


@dataclass(frozen=True, slots=True)
class Found:
    """A contract that was read. `version` is the registry's, where it came from there."""

    name: str
    api: HttpApi | EventApi
    version: str | None = None

    @property
    def documents(self) -> DocumentSet:
        return self.api.documents


def find(place: str, *, limits: Limits = DEFAULT, like: Found | None = None) -> Found:
    """Reads a contract from wherever it is; `like` is another version of it. Raises `ContractError` or `CouldNotTell`."""
    root = like.documents.root if like is not None else None
    if place.startswith(REGISTRY):
        return _from_registry(place, limits, root)
    revision, colon, path = place.partition(":")
    if colon and path and not Path(place).exists():
        return Found(place, build(_from_git(revision, path, limits, root)))
    return Found(place, build(read_set(Path(place), limits=limits, tolerant=False, like=root)))


def _from_registry(place: str, limits: Limits, like: Document | None) -> Found:
    match = _IDENTITY.fullmatch(place.removeprefix(REGISTRY))
    if match is None:
        raise CouldNotTell(f"{place!r} names no version.", "Write registry:domain/name@version.")
    from .client import Client, Refusal  # an HTTP client takes long to import, and files need none

    with Client.open(settings.load()) as client:
        try:
            version = client.version(match["contract"], match["version"] or "latest")
            files = client.files(match["contract"], version["version"])
        except Refusal as refusal:
            raise CouldNotTell(f"{place}: {refusal}") from None
    documents = from_files(files.contents, files.root, limits=limits, like=like)
    return Found(f"{match['contract']}@{version['version']}", build(documents), version["version"])


def at_commit(
    commit: str, path: str, *, limits: Limits = DEFAULT, like: Found | None = None
) -> DocumentSet | None:
    """The document at a path from the repository's top, with what it refers to; None where it was not there.

    `like` is another version of it. Raises `ContractError` where it cannot be read.
    """
    if not git.exists(commit, path):
        return None
    return _from_git(commit, path, limits, like.documents.root if like is not None else None)


def _from_git(revision: str, path: str, limits: Limits, like: Document | None = None) -> DocumentSet:
    """The document as of a git revision, with what it refers to as of the same revision."""
    if revision.endswith(_MERGE_BASE):
        revision = git.merge_base(revision.removesuffix(_MERGE_BASE))
    inside = _git_path(path)
    content = git.content(revision, inside, limits)

    def retrieve(name: str) -> bytes:
        if "://" in name or name.startswith(("/", "..")):
            raise UnresolvableReference(
                "reference-outside",
                f"{name} lies outside the repository.",
                advice="Keep a copy beside the contract.",
            )
        try:
            return git.content(revision, name, limits)
        except CouldNotTell as error:
            raise UnresolvableReference("reference-unresolved", f"{name}: {error.message}") from None

    return load(parse(content, inside, limits=limits, like=like), retrieve, limits=limits)


def _git_path(path: str) -> str:
    """The path from the repository's root, for one that is relative to the working folder when it begins so."""
    if not path.startswith(("./", "../")):
        return posixpath.normpath(path)
    prefix = git.ask("rev-parse", "--show-prefix").decode().strip()
    return posixpath.normpath(posixpath.join(prefix, path))


def explain(error: ContractError | CouldNotTell, place: str) -> CouldNotTell:
    """An error about one side, with the side named."""
    # As text, a ContractError says its place and its advice already.
    message, advice = (error.message, error.advice) if isinstance(error, CouldNotTell) else (str(error), "")
    return CouldNotTell(message if place in message else f"{place}: {message}", advice)
