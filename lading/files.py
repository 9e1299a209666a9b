"""Documents on the disk: the one place where the command line reads files for contracts.

A set reads its root and what that refers to within a boundary, and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from contracts.document import Document, parse
from contracts.errors import UnresolvableReference
from contracts.limits import DEFAULT, Limits
from contracts.references import DocumentSet, load

from .outcome import CouldNotTell

STDIN = "-"


def read_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The file's content, but never more than one byte above the limit. Raises `CouldNotTell`."""
    try:
        with path.open("rb") as file:
            return file.read(limits.bytes + 1)
    except IsADirectoryError:
        raise CouldNotTell(f"{path} is a folder.", "Name a file in it.") from None
    except OSError as error:
        raise CouldNotTell(f"{path}: {error.strerror}.") from None


def read_document(path: Path, *, limits: Limits = DEFAULT, tolerant: bool = False) -> Document:
    """The document in a file; `-` reads standard input. Its source is the path as given."""
    if str(path) == STDIN:
        return parse(sys.stdin.buffer.read(limits.bytes + 1), "stdin", limits=limits, tolerant=tolerant)
    return parse(read_bytes(path, limits), path.as_posix(), limits=limits, tolerant=tolerant)


def read_set(path: Path, *, limits: Limits = DEFAULT, tolerant: bool = False) -> DocumentSet:
    """A document and every file that it refers to.

    The root's source is its path as given and the other files' names follow from it, so that messages name
    what the person typed. References may lead anywhere below the working folder when the document itself
    lies there, and otherwise anywhere below the document's own folder.
    """
    root = read_document(path, limits=limits, tolerant=tolerant)
    folder = Path.cwd() if str(path) == STDIN else path.resolve().parent
    boundary = Path.cwd() if folder.is_relative_to(Path.cwd()) else folder
    return load(root, below(boundary, limits), limits=limits)


def below(boundary: Path, limits: Limits = DEFAULT) -> Callable[[str], bytes]:
    """Reads files below a folder; neither `..` nor a symbolic link leads out of it."""
    boundary = boundary.resolve()

    def retrieve(name: str) -> bytes:
        if "://" in name:
            raise UnresolvableReference(
                "reference-outside",
                f"{name} lies on the network, which is not read.",
                advice="Keep a copy beside the contract and refer to that.",
            )
        path = Path(name).resolve()
        if not path.is_relative_to(boundary):
            raise UnresolvableReference(
                "reference-outside",
                f"{name} lies outside {boundary.name}/, the folder that is read.",
                advice="Move it there, or run from the folder that holds both.",
            )
        try:
            return read_bytes(path, limits)
        except CouldNotTell as error:
            raise UnresolvableReference("reference-unresolved", f"{name} cannot be read: {error}") from None

    return retrieve
