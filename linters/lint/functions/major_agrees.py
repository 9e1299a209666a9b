"""`majorAgrees`: a major version in a server's address or in a path is that of `info.version`.

A function of Lading's. The target is the document. Segments like `v2` count, hosts and template variables do
not; a version that does not start with one number and a dot says nothing, and neither does a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

_MAJOR = re.compile(r"[vV]?(\d{1,3})\.\d")
_SEGMENT = re.compile(r"/[vV](\d{1,3})(?:\.\d+)*(?=[/?#]|$)")
_HOST = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*")


def _prepare(_options: Mapping[str, Any]) -> Check:
    def check(target: Any, _context: Context) -> Iterable[Problem]:
        major = _major(target)
        if major is None:
            return
        for path, address in _addresses(target):
            for other in _SEGMENT.findall(_HOST.sub("", address)):
                if int(other) != major:
                    yield Problem(f"`{address}` says version {other}, info.version says {major}.", path)

    return check


def _major(target: Any) -> int | None:
    info = target.get("info") if isinstance(target, dict) else None
    version = info.get("version") if isinstance(info, dict) else None
    match = _MAJOR.match(version) if isinstance(version, str) else None
    return int(match[1]) if match else None


def _addresses(target: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    servers = target.get("servers")
    for index, server in enumerate(servers if isinstance(servers, list) else ()):
        if isinstance(server, dict) and isinstance(server.get("url"), str):
            yield ("servers", index, "url"), server["url"]
    if isinstance(target.get("basePath"), str):
        yield ("basePath",), target["basePath"]
    paths = target.get("paths")
    for name in paths if isinstance(paths, dict) else ():
        yield ("paths", name), name


FUNCTION = Function("majorAgrees", None, _prepare)
