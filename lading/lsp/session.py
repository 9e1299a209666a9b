"""What is open in one editor, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pygls.uris import to_fs_path

from contracts.errors import ContractError

from .checking import Checked, check
from .folder import Folder, folder_of
from .ruleset import Judges


@dataclass(frozen=True, slots=True)
class Opened:
    """A text in the editor. `folder` sees the other texts as they were at the same moment."""

    uri: str
    path: Path
    text: str
    version: int | None
    folder: Folder


class Session:
    """Texts, rulesets and results. Used from the event loop, and for `judge` from a thread that owns nothing here."""

    def __init__(self) -> None:
        self.roots: list[Path] = []
        self.judges = Judges()
        self.checked: dict[str, Checked] = {}
        self._texts: dict[Path, str] = {}
        self._versions: dict[str, int | None] = {}

    def put(self, uri: str, text: str, version: int | None) -> bool:
        """Takes in the text of a document; False for one that is no file."""
        path = path_of(uri)
        if path is None:
            return False
        self._texts[path] = text
        self._versions[uri] = version
        return True

    def close(self, uri: str) -> None:
        path = path_of(uri)
        if path is not None:
            self._texts.pop(path, None)
        self._versions.pop(uri, None)
        self.checked.pop(uri, None)

    @property
    def uris(self) -> list[str]:
        """The documents that are open."""
        return list(self._versions)

    def opened(self, uri: str) -> Opened | None:
        """A document as it is now."""
        path = path_of(uri)
        if path is None or uri not in self._versions:
            return None
        folder = folder_of(path, self.roots, dict(self._texts))
        return Opened(uri, path, self._texts[path], self._versions[uri], folder)

    def is_current(self, opened: Opened) -> bool:
        return self._texts.get(opened.path) is opened.text and opened.uri in self._versions

    def judge(self, opened: Opened) -> Checked | None:
        """What is found in a document; None where it is no contract."""
        judge = self.judges.of(opened.folder.root)
        before = self.checked.get(opened.uri)
        today = datetime.now(UTC).date()
        return check(opened.path, opened.text, opened.folder, judge, before, today)

    def look(self, opened: Opened) -> Checked | None:
        """A document as it can be walked through, not judged; None where nothing can be read."""
        try:
            documents = opened.folder.set_of(opened.path, opened.text)
        except ContractError:
            return None
        source = opened.folder.source(opened.path)
        return Checked(opened.text, source, documents, (), self.judges.of(opened.folder.root))

    def users(self, uri: str) -> list[str]:
        """The other open documents that refer to this one, directly or not."""
        path = path_of(uri)
        found = []
        for other, checked in self.checked.items():
            opened = self.opened(other)
            if other == uri or path is None or opened is None or checked.documents is None:
                continue
            if any(opened.folder.path(source) == path for source in checked.documents.documents):
                found.append(other)
        return found


def path_of(uri: str) -> Path | None:
    """The file of a URI; None for what the editor keeps elsewhere."""
    name = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name) if name else None
