"""`asyncApiChannelParameters`: the parameters of a channel's address are described, and no others.

The target is a channel: in AsyncAPI 2.x its key is the address, in 3.x `address` is. A channel without
`parameters`, or whose address has none, is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

_PARAMETER = re.compile(r"\{([^{}]+)\}")


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    described = target.get("parameters") if isinstance(target, dict) else None
    if not isinstance(described, dict):
        return
    address = target.get("address")
    if address is None:
        address = context.path[-1] if context.path else ""
    used = list(dict.fromkeys(_PARAMETER.findall(address))) if isinstance(address, str) else []
    if not used:
        return
    missing = [f"`{name}`" for name in used if name not in described]
    if missing:
        message = f"The address has parameters that are not described: {', '.join(missing)}. Describe them."
        yield Problem(message, ("parameters",))
    for name in described:
        if name not in used:
            yield Problem(f"The parameter `{name}` is not in the address `{address}`.", ("parameters", name))


FUNCTION = Function("asyncApiChannelParameters", None, _prepare)
