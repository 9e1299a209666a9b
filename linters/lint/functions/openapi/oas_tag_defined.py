"""`oasTagDefined`: the tags of operations are among those that the document defines. The target is the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.openapi.operations import operations
from linters.lint.printing import brief


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict):
        return
    defined = frozenset(_names(target.get("tags")))
    for path, operation in operations(target.get("paths")):
        tags = operation.get("tags")
        for index, tag in enumerate(tags if isinstance(tags, list) else ()):
            if not isinstance(tag, str) or tag not in defined:
                yield Problem(
                    f"The tag {brief(tag)} is not defined at the root.", ("paths", *path, "tags", index)
                )


def _names(tags: Any) -> Iterable[str]:
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, dict) and isinstance(tag.get("name"), str):
            yield tag["name"]


FUNCTION = Function("oasTagDefined", None, _prepare)
