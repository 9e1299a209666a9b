"""`securityRequired`: each operation of some methods is protected, by itself or by the whole contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")

_OPTIONS = {
    "type": "object",
    "properties": {"methods": {"type": "array", "items": {"enum": list(METHODS)}, "minItems": 1}},
    "additionalProperties": False,
}


def operations(document: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The operations of an OpenAPI document by their paths; whatever is no operation is left out."""
    paths = document.get("paths") if isinstance(document, dict) else None
    for template, item in paths.items() if isinstance(paths, dict) else ():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if method in METHODS and isinstance(operation, dict):
                yield ("paths", template, method), operation


def _prepare(options: Mapping[str, Any]) -> Check:
    methods = frozenset(options.get("methods", METHODS))

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        for path, operation in operations(target):
            if path[-1] in methods and not operation.get("security", target.get("security")):
                yield Problem("This operation is open to anyone.", (*path, "security"))

    return check


FUNCTION = Function("securityRequired", _OPTIONS, _prepare)
