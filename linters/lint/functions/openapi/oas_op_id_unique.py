"""`oasOpIdUnique`: no two operations of the Paths Object have the same `operationId`.

The second of two alike is the one objected to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.openapi.operations import operations, title


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    first: dict[tuple[type, str], Path] = {}
    for path, operation in operations(target):
        if "operationId" not in operation:
            continue
        name = operation["operationId"]
        earlier = first.setdefault((type(name), str(name)), path)
        if earlier is not path:
            message = f"The operationId `{name}` is already that of {title(earlier)}."
            yield Problem(message, (*path, "operationId"))


FUNCTION = Function("oasOpIdUnique", None, _prepare)
