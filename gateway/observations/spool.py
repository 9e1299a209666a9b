"""Counts on disk that survive the process.

A segment is two files. `.keys` is append-only: one line of JSON says what a slot counts. `.counts` is a memory map
of slots (count, first and last time). Counting is an addition in shared memory: no system call, and it is in the
kernel's hands at once, so that a killed process loses nothing. A segment is one batch: its name holds the batch's
id, it does not change once it is sealed, and it is deleted when the registry has it.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import re
import struct
import uuid
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

SLOTS = 4096
_SLOT = struct.Struct("<Qdd")
MOST_SEGMENTS = 500
"""Sealed segments that wait for the registry; beyond it what is new is dropped, and counted as dropped."""
MOST_KEYS = 1024 * 1024
"""Bytes of one segment's `.keys`."""
_NAME = re.compile(r"(\d{12})-([0-9a-f-]{36})\.keys")


class InUse(Exception):
    """Another process uses the folder."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted under one key."""

    key: dict[str, Any]
    count: int
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A sealed segment: its place, and the id of its batch."""

    keys: Path
    batch: str

    @property
    def counts(self) -> Path:
        return self.keys.with_suffix(".counts")

    def read(self) -> Iterator[Counted]:
        """What it holds. A last line that was cut off has never been counted under."""
        try:
            raw, lines = self.counts.read_bytes(), self.keys.read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        for slot, line in enumerate(lines[:-1]):
            count, first, last = _SLOT.unpack_from(raw, slot * _SLOT.size)
            if count:
                yield Counted(orjson.loads(line), count, first, last)

    def delete(self) -> None:
        self.counts.unlink(missing_ok=True)
        self.keys.unlink(missing_ok=True)


class Spool:
    """The folder of segments, one of which is open. One process at a time has it."""

    def __init__(self, folder: Path, *, slots: int = SLOTS, most: int = MOST_SEGMENTS) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._slots_each = slots
        self._most = most
        self._lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise InUse(str(folder)) from None
        self.sealed: list[Segment] = self._leftovers()
        self._serial = max((int(_serial(segment)) for segment in self.sealed), default=0)
        self._slots: dict[Hashable, int] = {}
        self._map: mmap.mmap | None = None
        self.dropped = 0
        self.problem = ""

    def _leftovers(self) -> list[Segment]:
        """Segments of processes that are gone, the oldest first."""
        found = []
        for path in sorted(self._folder.iterdir()):
            match = _NAME.fullmatch(path.name)
            if match is not None and path.with_suffix(".counts").exists():
                found.append(Segment(path, match[2]))
            elif path.suffix in (".keys", ".counts") and not path.with_suffix(".keys").exists():
                path.unlink(missing_ok=True)
        return found

    def count(self, identity: Hashable, describe: Callable[[], dict[str, Any]], now: float) -> None:
        """Counts one under `identity`; `describe()` gives the key's JSON when it is new to the segment."""
        if self.again(identity, now):
            return
        slot = self._new_slot(identity, describe, now)
        if slot is None:
            self.dropped += 1
            return
        self._counts[slot] += 1
        self._times[slot + 2] = now

    def again(self, identity: Hashable, now: float) -> bool:
        """Counts one more under `identity`; False where it is new to the segment, and nothing was counted."""
        slot = self._slots.get(identity)
        if slot is None:
            return False
        self._counts[slot] += 1
        self._times[slot + 2] = now
        return True

    def _new_slot(self, identity: Hashable, describe: Callable[[], dict[str, Any]], now: float) -> int | None:
        if self._map is None or len(self._slots) >= self._slots_each or self._size > MOST_KEYS:
            self.seal()
            if len(self.sealed) >= self._most or not self._open():
                return None
        line = orjson.dumps(describe(), option=orjson.OPT_APPEND_NEWLINE)
        try:
            written = os.write(self._keys, line)
        except OSError as error:
            self.problem = error.strerror or str(error)
            return None
        if written != len(line):
            # The disk is full in the middle of a line: take it back, so that the next one begins well.
            os.ftruncate(self._keys, self._size)
            self.problem = "the disk is full"
            return None
        self._size += written
        slot = len(self._slots) * 3
        self._slots[identity] = slot
        self._times[slot + 1] = now
        return slot

    def _open(self) -> bool:
        self._serial += 1
        path = self._folder / f"{self._serial:012d}-{uuid.uuid4()}.keys"
        length = self._slots_each * _SLOT.size
        try:
            self._keys = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_EXCL, 0o600)
            counts = os.open(path.with_suffix(".counts"), os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600)
        except OSError as error:
            self.problem = error.strerror or str(error)
            return False
        try:
            # Reserved now: writing to a map that the disk has no room for would kill the process.
            os.posix_fallocate(counts, 0, length)
            self._map = mmap.mmap(counts, length)
        except OSError as error:
            self.problem = error.strerror or str(error)
            os.close(self._keys)
            path.unlink(missing_ok=True)
            path.with_suffix(".counts").unlink(missing_ok=True)
            return False
        finally:
            os.close(counts)
        self._view = memoryview(self._map)
        self._counts, self._times = self._view.cast("Q"), self._view.cast("d")
        self._size = 0
        self._path = path
        self.problem = ""
        return True

    @property
    def pending(self) -> int:
        """Keys in the open segment."""
        return len(self._slots)

    def seal(self) -> None:
        """Ends the open segment, if there is one; it is on the disk, also after a power failure."""
        if self._map is None:
            return
        self._counts.release()
        self._times.release()
        self._view.release()
        self._map.flush()
        self._map.close()
        os.fsync(self._keys)
        os.close(self._keys)
        self._map, self._slots = None, {}
        match = _NAME.fullmatch(self._path.name)
        assert match is not None
        self.sealed.append(Segment(self._path, match[2]))

    def forget(self, segment: Segment) -> None:
        """Deletes a segment that the registry has."""
        segment.delete()
        self.sealed.remove(segment)

    def set_aside(self, segment: Segment) -> None:
        """Moves a segment that the registry refuses for good to `refused/`, for people to look at."""
        folder = self._folder / "refused"
        folder.mkdir(exist_ok=True)
        for path in (segment.keys, segment.counts):
            if path.exists():
                path.rename(folder / path.name)
        self.sealed.remove(segment)

    def close(self) -> None:
        """Seals and gives the folder back."""
        self.seal()
        os.close(self._lock)


def holds_segments(folder: Path) -> bool:
    """Whether a folder of segments, whoever has it, holds any."""
    return any(path.suffix == ".keys" for path in folder.iterdir())


def _serial(segment: Segment) -> str:
    return segment.keys.name.partition("-")[0]
