"""`asyncApi2ChannelServers`: the servers that a channel names are defined at the root.

The target is an AsyncAPI 2.x document (2.2.0 and later, Channel Item Object, `servers`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict) or not isinstance(target.get("channels"), dict):
        return
    servers = target.get("servers", {})
    for address, channel in target["channels"].items():
        named = channel.get("servers") if isinstance(channel, dict) else None
        for index, name in enumerate(named if isinstance(named, list) else ()):
            if isinstance(servers, dict) and isinstance(name, str) and name not in servers:
                yield Problem(_undefined(name, servers), ("channels", address, "servers", index))


def _undefined(name: str, servers: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(name, servers, n=1)
    advice = f"Did you mean `{close[0]}`?" if close else "Define it, or take it out."
    return f"There is no server `{name}` under `servers`. {advice}"


FUNCTION = Function("asyncApi2ChannelServers", None, _prepare)
