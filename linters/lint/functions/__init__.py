"""The core functions of the ruleset language: one file each, found by its name.

`unreferenced_reusable_object.py` holds the function `unreferencedReusableObject` in its variable `FUNCTION`; a
trailing underscore keeps a file from being called like a word of Python. A file is imported when a ruleset first
uses its function.
"""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module

from linters.lint.function import Function

__all__ = ["find", "names"]


@cache
def _modules() -> dict[str, str]:
    files = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {_camel(file): file for file in files}


def _camel(file: str) -> str:
    return re.sub("_([a-z])", lambda match: match[1].upper(), file.rstrip("_"))


def names() -> tuple[str, ...]:
    """The names of the core functions, sorted."""
    return tuple(sorted(_modules()))


def find(name: str) -> Function | None:
    """The core function of this name, None where there is none."""
    file = _modules().get(name)
    if file is None:
        return None
    function = import_module(f"{__name__}.{file}").FUNCTION
    assert isinstance(function, Function), f"{file}.py has no FUNCTION"
    assert function.name == name, f"{file}.py should hold {name}, and holds {function.name}"
    return function
