"""The last good bundle on disk: what the gateway starts from when the registry is away."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import Any

from gateway.malformed import Malformed

_BUNDLE = "bundle.jws"
_KEYS = "keys.json"
_AGAIN = 0.05
"""Seconds between two looks whether another process is done."""


class Store:
    """A folder with the bundle, the registry's public keys, and contents by their digest.

    Every file appears whole or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents = folder / "contents"
        self._contents.mkdir(parents=True, exist_ok=True)

    @contextlib.asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Waits until no other process of this folder is within the block."""
        held = os.open(self._folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            while True:
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    await asyncio.sleep(_AGAIN)
            yield
        finally:
            os.close(held)

    def bundle(self) -> bytes | None:
        """The signed manifest; None where there is none yet."""
        return _read(self._folder / _BUNDLE)

    def keep_bundle(self, token: bytes) -> None:
        """Makes this the bundle to start from. Its contents have to be here already."""
        write_whole(self._folder / _BUNDLE, token)

    def keys(self) -> dict[str, Any] | None:
        """The registry's public keys as they were when they were first seen."""
        raw = _read(self._folder / _KEYS)
        if raw is None:
            return None
        try:
            keys = json.loads(raw)
        except ValueError:
            raise Malformed(f"{self._folder / _KEYS} is not JSON", "keys") from None
        return keys if isinstance(keys, dict) else None

    def keep_keys(self, keys: Mapping[str, Any]) -> None:
        write_whole(self._folder / _KEYS, json.dumps(keys).encode())

    def content(self, digest: str) -> bytes | None:
        """A content by its digest; None where it is not here, or is not what its name says."""
        raw = _read(self._path(digest))
        return raw if raw is not None and digest_of(raw) == digest else None

    def keep_content(self, digest: str, raw: bytes) -> None:
        """Keeps a content. Raises `Malformed` where it has another digest."""
        if digest_of(raw) != digest:
            raise Malformed(f"the content that came for {digest[:19]}… has another digest", "digest")
        write_whole(self._path(digest), raw)

    def prune(self, needed: Iterable[str]) -> None:
        """Drops the contents that the bundle does not need any more."""
        names = {self._path(digest).name for digest in needed}
        for path in self._contents.iterdir():
            if path.name not in names:
                path.unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._contents / digest.removeprefix("sha256:")


def digest_of(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def write_whole(path: Path, raw: bytes) -> None:
    """Writes a file so that it is there whole, also after a power failure, or not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
