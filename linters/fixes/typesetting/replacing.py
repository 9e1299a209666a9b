"""A scalar or a key that gives way to another, in the same quotes."""

from __future__ import annotations

from linters.fixes import writing
from linters.fixes.changes import Put, Quote, Rename
from linters.fixes.edits import CannotFix, Edit
from linters.fixes.page import Page


def value(page: Page, change: Put) -> list[Edit]:
    """A scalar's text; anchors, tags and comments around it stay."""
    node = page.node(change.path)
    if node.is_collection:
        raise CannotFix("a collection stands there")
    start = page.content(node)
    old = page.text[start : node.end]
    if "\n" in old or old.startswith(("|", ">")):
        raise CannotFix("it is written over several lines")
    new = writing.scalar(change.value, like=old, flow=page.in_flow(change.path), json=page.json)
    blank = "" if old or page.text[start - 1 : start] in ("", " ", "\t") else " "
    return [Edit(start, node.end, blank + new)]


def key(page: Page, change: Rename) -> list[Edit]:
    """A key's text."""
    start, end = page.key(change.path)
    old = page.text[start:end]
    new = writing.scalar(change.key, like=old, flow=page.in_flow(change.path), json=page.json)
    return [Edit(start, end, new)]


def quotes(page: Page, change: Quote) -> list[Edit]:
    """A key's text in single quotes."""
    start, end = page.key(change.path)
    old = page.text[start:end]
    if page.json or not old or old.startswith(("'", '"')):
        raise CannotFix("it is in quotes already")
    return [Edit(start, start, "'"), Edit(end, end, "'")]
