"""`oasDiscriminator`: the discriminator of an OpenAPI 2.0 schema names a property that is defined and required."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    name = target.get("discriminator") if isinstance(target, dict) else None
    if not isinstance(name, str):
        return
    properties, required = target.get("properties"), target.get("required")
    if not isinstance(properties, dict) or name not in properties:
        yield Problem(f"The discriminator `{name}` is not among the properties.", ("properties",))
    if not isinstance(required, list) or name not in required:
        yield Problem(f"The discriminator `{name}` is not required.", ("required",))


FUNCTION = Function("oasDiscriminator", None, _prepare)
