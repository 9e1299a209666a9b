"""`refSiblings`: nothing stands beside a `$ref`, where it would not count. The target is the reference's text.

In OpenAPI 2.0 and 3.0 a Reference Object has no other fields (3.0.4, Reference Object).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(_target: Any, context: Context) -> Iterable[Problem]:
    above = context.path[:-1]
    holder = context.root
    for part in above:
        holder = holder[part]
    if isinstance(holder, dict) and len(holder) > 1:
        for name in holder:
            if name != "$ref":
                yield Problem(f"`{name}` stands beside a `$ref`, where it does not count.", at=(*above, name))


FUNCTION = Function("refSiblings", None, _prepare)
