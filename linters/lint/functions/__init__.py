"""The functions of the ruleset language: one file each, found by its name.

`unreferenced_reusable_object.py` holds the function `unreferencedReusableObject` in its variable `FUNCTION`; a
trailing underscore keeps a file from being called like a word of Python. A file is imported when a ruleset first
uses its function. Those here fit any document; the folders below hold those that know one specification, and
their names are as flat as the others: a ruleset does not say in which folder a function lies.
"""

from __future__ import annotations

import os
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

from linters.lint.function import Function

__all__ = ["find", "names"]


@cache
def _modules() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in _files(__path__, ""):
        name = _camel(file.rpartition(".")[2])
        assert name not in found, f"{file}.py and {found[name]}.py are both called {name}"
        found[name] = file
    return found


def _files(folder: Iterable[str], prefix: str) -> Iterator[str]:
    for module in pkgutil.iter_modules(folder):
        if module.name.startswith("_"):
            continue
        if module.ispkg:
            yield from _files([os.path.join(path, module.name) for path in folder], f"{prefix}{module.name}.")
        else:
            yield prefix + module.name


def _camel(file: str) -> str:
    return re.sub("_([a-z])", lambda match: match[1].upper(), file.rstrip("_"))


def names() -> tuple[str, ...]:
    """The names of the functions, sorted."""
    return tuple(sorted(_modules()))


def find(name: str) -> Function | None:
    """The function of this name, None where there is none."""
    file = _modules().get(name)
    if file is None:
        return None
    function = import_module(f"{__name__}.{file}").FUNCTION
    assert isinstance(function, Function), f"{file}.py has no FUNCTION"
    assert function.name == name, f"{file}.py should hold {name}, and holds {function.name}"
    return function
