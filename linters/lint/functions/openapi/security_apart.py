"""`securityApart`: operations whose path holds a text share no security requirement with the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

from .security_required import operations

_OPTIONS = {
    "type": "object",
    "properties": {"path": {"type": "string", "minLength": 1}},
    "required": ["path"],
    "additionalProperties": False,
}


def _prepare(options: Mapping[str, Any]) -> Check:
    apart: str = options["path"]

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        stated = list(_requirements(target))
        others = {requirement for path, requirement in stated if apart not in str(path[1])}
        for path, requirement in stated:
            if apart in str(path[1]) and requirement in others:
                yield Problem(
                    f"{path[1]} asks for the same security as an operation outside {apart}. Ask for a scope that only its users have.",
                    path,
                )

    return check


def _requirements(document: Any) -> Iterator[tuple[Path, str]]:
    """The security requirements that operations state themselves, in a form that can be compared."""
    for path, operation in operations(document):
        security = operation.get("security")
        for index, requirement in enumerate(security if isinstance(security, list) else ()):
            if isinstance(requirement, dict):
                yield (*path, "security", index), json.dumps(requirement, sort_keys=True)


FUNCTION = Function("securityApart", _OPTIONS, _prepare, required=True)
