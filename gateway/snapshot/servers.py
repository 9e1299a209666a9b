"""Where a contract says that it is served: base paths and authorities from its `servers`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from contracts.model import Server

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_MOST = 50
"""Base paths that are made of server variables with many values."""


def base_paths(servers: Iterable[Server]) -> tuple[str, ...]:
    """The paths of the servers without a slash at the end, each once; `('',)` where there are none.

    A variable stands for each of its declared values. Where it has no `enum`, it stands for its default if that
    holds a slash, and else for any one path segment.
    """
    found: dict[str, None] = {}
    for server in servers:
        for url in _spelled_out(server):
            path = _path(url)
            path = "/" + path.strip("/") if path.strip("/") else ""
            found[path] = None
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found) or ("",)


def authorities(servers: Iterable[Server]) -> tuple[re.Pattern[str], ...]:
    """Patterns of `scheme://authority` of the servers; empty where one of them is relative, as any will do."""
    patterns = []
    for server in servers:
        scheme, separator, rest = _with_defaults(server).partition("//")
        if not separator:
            return ()
        text = _VARIABLE.sub("\0", rest.partition("/")[0])
        pattern = "[^/:]+".join(re.escape(part) for part in text.split("\0"))
        scheme = "https?:" if not scheme or _VARIABLE.search(scheme) else re.escape(scheme)
        patterns.append(re.compile(rf"{scheme}//{pattern}/?\Z", re.IGNORECASE))
    return tuple(patterns)


def _path(url: str) -> str:
    """The path of a URL whose scheme and authority may hold expressions."""
    _, separator, rest = url.partition("//")
    if separator:
        return "".join(rest.partition("/")[1:]).partition("?")[0]
    return url.partition("?")[0]


def _with_defaults(server: Server) -> str:
    """The URL with those variables replaced whose default is more than a part between slashes."""
    url = server.url
    for name in dict.fromkeys(_VARIABLE.findall(url)):
        declared: Any = server.variables.get(name)
        default = declared.get("default") if isinstance(declared, dict) else None
        if isinstance(default, str) and "/" in default and not declared.get("enum"):
            url = url.replace(f"{{{name}}}", default)
    return url


def _spelled_out(server: Server) -> list[str]:
    urls = [_with_defaults(server)]
    for name in dict.fromkeys(_VARIABLE.findall(urls[0])):
        declared: Any = server.variables.get(name)
        values = declared.get("enum") if isinstance(declared, dict) else None
        if not isinstance(values, list) or not values:
            continue  # stays an expression, which matches any segment
        urls = [url.replace(f"{{{name}}}", str(value)) for url in urls for value in values][:_MOST]
    return urls
