"""`tagDefined`: the tags of operations are among those that the document defines, where it defines any.

A function of Lading's; the target is the document. Each tag that is missing is told once, where it first stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.operations import operations


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    listed = target.get("tags") if isinstance(target, dict) else None
    if not isinstance(listed, list):
        return
    known = [tag["name"] for tag in listed if isinstance(tag, dict) and isinstance(tag.get("name"), str)]
    told = set(known)
    for operation in operations(target):
        tags = operation.value.get("tags")
        for index, tag in enumerate(tags if isinstance(tags, list) else ()):
            if isinstance(tag, str) and tag not in told:
                told.add(tag)
                yield Problem(_message(tag, known), at=(*operation.path, "tags", index))


def _message(tag: str, known: list[str]) -> str:
    close = difflib.get_close_matches(tag, known, n=1)
    advice = f"Did you mean `{close[0]}`?" if close else "Define it, with a description."
    return f"The tag `{tag}` is not defined under `tags`. {advice}"


FUNCTION = Function("tagDefined", None, _prepare)
