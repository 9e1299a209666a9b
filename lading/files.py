"""Documents on the disk: the one place where the command line reads files for contracts.

A set reads its root and what that refers to, below the root's own folder, and nothing else.
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
    """A document and every file that it refers to, below its folder.

    The root's source is its path as given, so that messages name what the person typed; the other files'
    names are relative to the root's folder.
    """
    root = read_document(path, limits=limits, tolerant=tolerant)
    folder = Path.cwd() if str(path) == STDIN else path.resolve().parent
    return load(root, below(folder, limits), limits=limits)


def below(folder: Path, limits: Limits = DEFAULT) -> Callable[[str], bytes]:
    """Reads files below a folder, by their names relative to it; symbolic links may not lead out of it."""
    folder = folder.resolve()

    def retrieve(name: str) -> bytes:
        if "://" in name:
            raise UnresolvableReference(
                "reference-outside",
                f"{name} lies on the network, which is not read.",
                advice="Keep a copy beside the contract and refer to that.",
            )
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise UnresolvableReference(
                "reference-outside",
                f"{name} lies outside the contract's folder.",
                advice="Move it below the folder of the file that refers to it.",
            )
        try:
            return read_bytes(path, limits)
        except CouldNotTell as error:
            raise UnresolvableReference("reference-unresolved", f"{name} cannot be read: {error}") from None

    return retrieve
