"""Pages are found by looking into `portal/pages`: each module there is one page."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from . import pages as folder
from .page import Module, Page, Rail


@cache
def modules() -> tuple[Module, ...]:
    """Every page by name. Two pages with one path, and a page that answers nothing, are refused."""
    found: dict[str, Module] = {}
    for info in pkgutil.iter_modules(folder.__path__):
        module = _module(info.name)
        if (other := found.get(module.page.path)) is not None:
            raise AssertionError(
                f"the pages {other.name} and {module.name} both want to be at {module.page.path}"
            )
        found[module.page.path] = module
    return tuple(sorted(found.values(), key=_order))


@cache
def rail() -> tuple[tuple[Rail, str], ...]:
    """The rail's entries in order, each with its address: exactly the pages that exist."""
    entries = [(module.page.rail, module.page.path) for module in modules() if module.page.rail]
    return tuple(sorted(entries, key=lambda entry: entry[0].order))


def _module(name: str) -> Module:
    code = importlib.import_module(f"{folder.__name__}.{name}")
    page = getattr(code, "page", None)
    if not isinstance(page, Page):
        raise AssertionError(f"portal/pages/{name}.py declares no `page = Page(…)`")
    get, post = getattr(code, "get", None), getattr(code, "post", None)
    if get is None and post is None:
        raise AssertionError(f"portal/pages/{name}.py has neither `get` nor `post`")
    return Module(name, page, get, post)


def _order(module: Module) -> tuple[bool, str]:
    """Paths without parameters first, so that `/consumers/new` is not taken for a consumer's name."""
    return "{" in module.page.path, module.page.path
