"""`oasPathParam`: path templates and path parameters say the same. The target is the Paths Object.

Each parameter of a template is defined for each operation, each that is defined stands in the template and is
`required`, and no two templates differ only in the names of their parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.openapi.operations import METHODS

_TEMPLATE = re.compile(r"\{;?\??([a-zA-Z0-9_-]+)\*?\}", re.ASCII)
"""A parameter in a template; the marks around the name are those of RFC 6570."""


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict):
        return
    shapes: dict[str, str] = {}
    for path, item in target.items():
        if not isinstance(item, dict):
            continue
        earlier = shapes.setdefault(_TEMPLATE.sub("{}", path), path)
        if earlier != path:
            yield Problem(f"The path means the same as `{earlier}`.", (path,))
        yield from _item(path, item)


def _item(path: str, item: Mapping[str, Any]) -> Iterator[Problem]:
    names: dict[str, None] = {}
    for name in _TEMPLATE.findall(path):
        if name in names:
            yield Problem(f"The path has the parameter `{name}` more than once.", (path,))
        names[name] = None
    shared: dict[str, Path] = {}
    yield from _defined(item.get("parameters"), (path, "parameters"), shared)
    for method, operation in item.items():
        if method not in METHODS or not isinstance(operation, dict):
            continue
        defined: dict[str, Path] = {}
        yield from _defined(operation.get("parameters"), (path, method, "parameters"), defined)
        known = {**shared, **defined}
        for name, place in known.items():
            if name not in names:
                yield Problem(f"The parameter `{name}` is not in the path `{path}`.", place)
        for name in names:
            if name not in known:
                message = f"The path has a parameter `{name}` that this operation does not define."
                yield Problem(message, (path, method))


def _defined(parameters: Any, where: Path, found: dict[str, Path]) -> Iterator[Problem]:
    """Notes the path parameters of a list by their names."""
    for index, parameter in enumerate(parameters if isinstance(parameters, list) else ()):
        if not isinstance(parameter, dict) or parameter.get("in") != "path" or "name" not in parameter:
            continue
        name, place = str(parameter["name"]), (*where, index)
        if parameter.get("required") is not True:
            yield Problem(f"The path parameter `{name}` is not `required: true`.", place)
        if name in found:
            yield Problem(f"The path parameter `{name}` is defined more than once.", place)
        else:
            found[name] = place


FUNCTION = Function("oasPathParam", None, _prepare)
