"""Documents on the disk: the one place where the command line reads files for contracts.

A set reads its root and what that refers to within a boundary, and nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TypeAlias

from contracts.document import Document, parse
from contracts.errors import UnresolvableReference
from contracts.limits import DEFAULT, Limits
from contracts.references import DocumentSet, load

from .outcome import CouldNotTell

STDIN = "-"

Stamp: TypeAlias = "tuple[int, int, int] | None"
"""What tells that a file was written again: modification time, size and inode. None where there is no file."""
_recorded: ContextVar[dict[Path, Stamp] | None] = ContextVar("recorded", default=None)


def stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@contextmanager
def recording() -> Iterator[dict[Path, Stamp]]:
    """What is asked for while this lasts, by absolute path, with the stamp from before it was read."""
    read: dict[Path, Stamp] = {}
    token = _recorded.set(read)
    try:
        yield read
    finally:
        _recorded.reset(token)


def read_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The file's content, but never more than one byte above the limit. Raises `CouldNotTell`."""
    recorded = _recorded.get()
    if recorded is not None:
        recorded.setdefault(Path(os.path.abspath(path)), stamp(path))
    try:
        with path.open("rb") as file:
            return file.read(limits.bytes + 1)
    except IsADirectoryError:
        raise CouldNotTell(f"{path} is a folder.", "Name a file in it.") from None
    except OSError as error:
        raise CouldNotTell(f"{path}: {error.strerror}.") from None


def read_document(
    path: Path,
    *,
    limits: Limits = DEFAULT,
    tolerant: bool = False,
    source: str | None = None,
    like: Document | None = None,
) -> Document:
    """The document in a file; `-` reads standard input. Its source is the path as given, or `source`.

    `like` is another version of it that was read before.
    """
    if str(path) == STDIN:
        content = sys.stdin.buffer.read(limits.bytes + 1)
        return parse(content, source or "stdin", limits=limits, tolerant=tolerant, like=like)
    content = read_bytes(path, limits)
    return parse(content, source or path.as_posix(), limits=limits, tolerant=tolerant, like=like)


def read_set(
    path: Path,
    *,
    limits: Limits = DEFAULT,
    tolerant: bool = False,
    boundary: Path | None = None,
    stdin_as: Path | None = None,
    like: Document | None = None,
) -> DocumentSet:
    """A document and every file that it refers to. `like` is another version of it that was read before.

    References may lead anywhere below `boundary`; where none is given, that is the working folder when the
    document itself lies there, and otherwise the document's own folder. Sources are relative to the boundary,
    or what the person typed where the document lies outside the working folder. What comes from standard input
    lies at `stdin_as`, or nowhere.
    """
    here = Path.cwd()
    place = stdin_as if stdin_as is not None and str(path) == STDIN else path
    folder = here if str(place) == STDIN else Path(os.path.abspath(place)).parent
    if boundary is None and not folder.is_relative_to(here):
        root = read_document(path, limits=limits, tolerant=tolerant, source=place.as_posix(), like=like)
        return load(root, below(folder, here, limits), limits=limits)
    boundary = Path(os.path.abspath(boundary or here))
    source = None if str(place) == STDIN else (folder / place.name).relative_to(boundary).as_posix()
    root = read_document(path, limits=limits, tolerant=tolerant, source=source, like=like)
    return load(root, below(boundary, boundary, limits), limits=limits)


def below(boundary: Path, base: Path, limits: Limits = DEFAULT) -> Callable[[str], bytes]:
    """Reads files below `boundary` by their names relative to `base`.

    Neither `..` nor a symbolic link leads out of it.
    """
    boundary = boundary.resolve()

    def retrieve(name: str) -> bytes:
        if "://" in name:
            raise UnresolvableReference(
                "reference-outside",
                f"{name} lies on the network, which is not read.",
                advice="Keep a copy beside the contract and refer to that.",
            )
        path = (base / name).resolve()
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
