"""`oasOpParams`: the parameters of an operation do not get in each other's way.

No two have the same `name` and `in`; in OpenAPI 2.0 there is one body at most, and none beside form parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import UNDEFINED, to_string


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, list) or len(target) < 2:
        return
    first: dict[tuple[str, str], int] = {}
    bodies: list[int] = []
    form = False
    for index, parameter in enumerate(target):
        if not isinstance(parameter, dict) or "$ref" in parameter:
            continue
        place, name = (to_string(parameter.get(key, UNDEFINED)) for key in ("in", "name"))
        if first.setdefault((place, name), index) != index:
            yield Problem(f"The parameter `{name}` in `{place}` is already in the list.", (index,))
        if place == "body":
            bodies.append(index)
        form = form or place == "formData"
    if bodies and form:
        yield Problem("The parameters describe a body and form data; a request has one of the two.")
    for index in bodies[1:]:
        yield Problem("This is a second body; a request has one.", (index,))


FUNCTION = Function("oasOpParams", None, _prepare)
