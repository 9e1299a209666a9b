"""Files that get new contents: all of them or none, each in one step, and none that changed meanwhile."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lading.outcome import CouldNotTell


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a file held when it was read, and what it is to hold."""

    before: bytes
    after: bytes


def replace_all(files: Mapping[Path, Replacement]) -> None:
    """Writes the new contents beside the files first, and moves them into place when all are there.

    Links are followed, and permissions kept. Raises `CouldNotTell`, before anything is moved, where a file does not
    hold what was read, or cannot be written.
    """
    drafts: list[tuple[Path, Path]] = []
    try:
        for path, change in files.items():
            target = Path(os.path.realpath(path))
            drafts.append((_draft(target, change.after), target))
        for path, change in files.items():
            if path.read_bytes() != change.before:
                raise CouldNotTell(f"{path} was changed meanwhile, so nothing was written.", "Run it again.")
        while drafts:
            draft, target = drafts[0]
            os.replace(draft, target)
            drafts.pop(0)
    except OSError as error:
        raise CouldNotTell(f"{error.filename} cannot be written: {error.strerror}.") from None
    finally:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)


def _draft(target: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, draft)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft
