"""Where a contract says that it is served: base paths and authorities from its `servers`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from contracts.model import Server

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_MOST = 50
"""Base paths that are made of server variables with many values."""


def base_paths(servers: Iterable[Server]) -> tuple[str, ...]:
    """The paths of the servers without a slash at the end, each once; `('',)` where there are none.

    A variable stands for each of its declared values, or for any one path segment where it has no `enum`.
    """
    found: dict[str, None] = {}
    for server in servers:
        for url in _spelled_out(server):
            path = urlsplit(url).path if "://" in url or url.startswith("//") else url.partition("?")[0]
            path = "/" + path.strip("/") if path.strip("/") else ""
            found[path] = None
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found) or ("",)


def authorities(servers: Iterable[Server]) -> tuple[re.Pattern[str], ...]:
    """Patterns of `scheme://authority` of the servers; empty where one of them is relative, as any will do."""
    patterns = []
    for server in servers:
        scheme, separator, rest = server.url.partition("//")
        if not separator:
            return ()
        text = _VARIABLE.sub("\0", rest.partition("/")[0])
        pattern = "[^/:]+".join(re.escape(part) for part in text.split("\0"))
        patterns.append(re.compile(f"{re.escape(scheme) or 'https?:'}//{pattern}/?\\Z", re.IGNORECASE))
    return tuple(patterns)


def _spelled_out(server: Server) -> list[str]:
    urls = [server.url]
    for name in dict.fromkeys(_VARIABLE.findall(server.url)):
        declared: Any = server.variables.get(name)
        values = declared.get("enum") if isinstance(declared, dict) else None
        if not isinstance(values, list) or not values:
            continue  # stays an expression, which matches any segment
        urls = [url.replace(f"{{{name}}}", str(value)) for url in urls for value in values][:_MOST]
    return urls
