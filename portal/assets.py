"""Static files under addresses that hold their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
PREFIX = "/static"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served; `packed` is its gzip form."""

    name: str
    data: bytes
    packed: bytes
    media_type: str
    hash: str

    @property
    def url(self) -> str:
        return f"{PREFIX}/{self.hash}/{self.name}"


@cache
def assets() -> Mapping[str, Asset]:
    """Every file of `portal/static`, by name."""
    folder = files("portal") / "static"
    return {
        entry.name: _asset(entry.name, entry.read_bytes())
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.rpartition(".")[2] in TYPES
    }


def address(name: str) -> str:
    """The address of a static file."""
    return assets()[name].url


def _asset(name: str, data: bytes) -> Asset:
    suffix = name.rpartition(".")[2]
    if suffix == "css":
        data = _without_comments(data)
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Asset(name, data, gzip.compress(data, mtime=0), TYPES[suffix], digest)


def _without_comments(data: bytes) -> bytes:
    """A style sheet as browsers need it: without comments, and without spaces where none is ever needed."""
    text = re.sub(rb"/\*.*?\*/", b"", data, flags=re.DOTALL)
    return re.sub(rb"\s*([{};])\s*", rb"\1", text).strip()
