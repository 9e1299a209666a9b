"""A member or an item that goes, with its own comments and its comma, and nothing else."""

from __future__ import annotations

import re

from contracts.positions import Node
from linters.fixes.changes import Remove
from linters.fixes.edits import CannotFix, Edit
from linters.fixes.page import Page

_DASH = re.compile(r"[ \t]*-[ \t]+").fullmatch


def child(page: Page, change: Remove) -> list[Edit]:
    """The lines of a child in block style, its text and one comma inside brackets."""
    node = page.node(change.path)
    if not change.path:
        raise CannotFix("it is the whole document")
    parent = page.node(change.path[:-1])
    siblings = page.children(parent)
    index = next(number for number, sibling in enumerate(siblings) if sibling is node)
    if page.is_flow(parent):
        return _from_flow(page, siblings, index)
    if len(siblings) == 1:
        empty = "{}" if parent.fields is not None else "[]"
        return [Edit(page.content(parent), page.end(node), empty)]
    return [_from_block(page, siblings, index)]


def _from_block(page: Page, siblings: list[Node], index: int) -> Edit:
    node = siblings[index]
    start = page.start(node)
    before = page.before(start)
    if before.strip() and (node.key is not None or not _DASH(before)):
        return _first_on_its_line(page, siblings, index)
    end = page.next_line(page.end(node))
    start = page.line_start(start)
    if end == len(page.text) and not page.text.endswith("\n"):
        # The last line has no line break to take along, so the one before it goes.
        start = max(0, page.line_end(max(0, start - 1)))
    return Edit(start, end, "")


def _first_on_its_line(page: Page, siblings: list[Node], index: int) -> Edit:
    """`- a: 1` before `  b: 2`: the second member moves up to the dash."""
    if index + 1 == len(siblings):
        raise CannotFix("it stands on a line with something else")
    start, following = page.start(siblings[index]), page.start(siblings[index + 1])
    between = page.text[page.next_line(page.end(siblings[index])) : following]
    if between.strip():
        raise CannotFix("a comment stands behind it")
    return Edit(start, following, "")


def _from_flow(page: Page, siblings: list[Node], index: int) -> list[Edit]:
    node = siblings[index]
    start, end = page.start(node), page.end(node)
    comma = page.comma(end)
    if comma is not None:
        end = comma + 1
    edits = []
    if comma is None and index > 0:
        previous = page.comma(page.end(siblings[index - 1]))
        if previous is not None:
            edits.append(Edit(previous, previous + 1, ""))
    return [*edits, _span(page, start, end)]


def _span(page: Page, start: int, end: int) -> Edit:
    """Whole lines where nothing else is on them, and otherwise the white space on one side."""
    alone = not page.before(start).strip()
    rest = page.text[end : page.line_end(end)].strip()
    if alone and (not rest or rest.startswith("#")):
        return Edit(page.line_start(start), page.next_line(end), "")
    if page.text.startswith(("]", "}"), end) and page.before(start).strip():
        while page.text[start - 1] in " \t":
            start -= 1
    while page.text.startswith((" ", "\t"), end) and page.text[start - 1 : start] in ("[", "{", " "):
        end += 1
    return Edit(start, end, "")
