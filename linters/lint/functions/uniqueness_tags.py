"""`uniquenessTags`: no two tags of a list have the same name. The second and later ones are objected to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, list) or not all(map(_is_tag, target)):
        return
    first: dict[str, int] = {}
    for index, tag in enumerate(target):
        name = tag.get("name")
        if isinstance(name, str) and first.setdefault(name, index) != index:
            message = f"The tag `{name}` is already in the list. Remove one of the two, or rename it."
            yield Problem(message, (index, "name"))


def _is_tag(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("name", ""), str)


FUNCTION = Function("uniquenessTags", None, _prepare)
