"""How each change is written into a text: one module for each, with a function that gives the edits."""

from __future__ import annotations

from collections.abc import Iterable

from linters.fixes.changes import Add, Change, Order, Put, Quote, Remove, Rename
from linters.fixes.edits import Edit
from linters.fixes.page import Page

from . import adding, ordering, removing, replacing


def edits(page: Page, change: Change) -> Iterable[Edit]:
    """The edits that carry out a change. Raises `CannotFix` where the way it is written does not allow it."""
    if isinstance(change, Put):
        return replacing.value(page, change)
    if isinstance(change, Rename):
        return replacing.key(page, change)
    if isinstance(change, Quote):
        return replacing.quotes(page, change)
    if isinstance(change, Remove):
        return removing.child(page, change)
    if isinstance(change, Add):
        return adding.member(page, change)
    assert isinstance(change, Order)
    return ordering.children(page, change)
