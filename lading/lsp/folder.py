"""A folder that is open in the editor: its files, those with unsaved text before those on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from contracts.document import Document, parse
from contracts.references import DocumentSet, load
from lading.files import below

SUFFIXES = (".yaml", ".yml", ".json")
LISTED = 500
"""How many files of a folder are offered at most, and looked at ten times as many."""
_SKIPPED = frozenset({"node_modules", "__pycache__", "dist", "build", "venv"})


class Folder:
    """`opened` holds the texts of the editor by absolute path. Nothing outside of `root` is read."""

    def __init__(self, root: Path, opened: Mapping[Path, str]) -> None:
        self.root = Path(os.path.abspath(root))
        self._opened = opened
        self._below = below(self.root, self.root)

    def source(self, path: Path) -> str:
        """The name of a file in a set: relative to the folder."""
        return Path(os.path.abspath(path)).relative_to(self.root).as_posix()

    def path(self, source: str) -> Path:
        return self.root / source

    def set_of(self, path: Path, text: str) -> DocumentSet:
        """A document and what it refers to. Raises `ContractError` beyond the limits or for an empty text."""
        root = parse(text.encode(), self.source(path), tolerant=True)
        return load(root, self._retrieve)

    def document(self, source: str) -> Document:
        """One file. Raises `ContractError`."""
        return parse(self._retrieve(source), source, tolerant=True)

    def files(self) -> Iterator[str]:
        """The names of YAML and JSON files, those nearer to the root first."""
        waiting, seen, told = [self.root], 0, 0
        while waiting and seen < 10 * LISTED and told < LISTED:
            folder = waiting.pop(0)
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError:
                continue  # a folder that may not be read has nothing to offer
            for entry in entries:
                seen += 1
                if entry.name.startswith(".") or entry.name in _SKIPPED:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.name.endswith(SUFFIXES) and told < LISTED:
                    told += 1
                    yield self.source(Path(entry.path))

    def _retrieve(self, name: str) -> bytes:
        opened = self._opened.get(self.root / name)
        return opened.encode() if opened is not None else self._below(name)


def folder_of(path: Path, roots: list[Path], opened: Mapping[Path, str]) -> Folder:
    """The innermost open folder around a file, or the file's own where none is open."""
    around = [root for root in roots if path.is_relative_to(root)]
    return Folder(max(around, key=lambda root: len(root.parts), default=path.parent), opened)
