"""Members or items in another order, each with the comments above it and on its lines."""

from __future__ import annotations

import re

from contracts.positions import Node
from linters.fixes.changes import Order
from linters.fixes.edits import CannotFix, Edit
from linters.fixes.page import Page

_COMMENT = re.compile(r"[ \t]*#").match
_MARGIN = re.compile(r"[ \t]*(?:-[ \t]+)?").fullmatch


def children(page: Page, change: Order) -> list[Edit]:
    """Whole lines change places in block style; inside brackets the texts do, and commas and comments stay."""
    node = page.node(change.path)
    found = page.children(node)
    if sorted(change.order) != list(range(len(found))):
        raise CannotFix("some of it comes from elsewhere")
    if page.is_flow(node):
        spans = [(page.start(child), page.end(child)) for child in found]
        texts = [page.text[start:end] for start, end in spans]
        return [
            Edit(start, end, texts[taken])
            for (start, end), taken in zip(spans, change.order, strict=True)
            if page.text[start:end] != texts[taken]
        ]
    return [_lines(page, found, change.order)]


def _lines(page: Page, found: list[Node], order: tuple[int, ...]) -> Edit:
    starts = [_top(page, child, first=index == 0) for index, child in enumerate(found)]
    end = page.next_line(page.end(found[-1]))
    pieces = [page.text[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]
    complete = pieces[-1].endswith("\n")
    if not complete:
        pieces[-1] += page.newline
    text = "".join(pieces[index] for index in order)
    return Edit(starts[0], end, text if complete else text.removesuffix(page.newline))


def _top(page: Page, child: Node, *, first: bool) -> int:
    """The first line of a child, or of the comments that stand directly above it."""
    at = page.start(child)
    if not _MARGIN(page.before(at)):
        raise CannotFix("it stands on a line with something else")
    start = page.line_start(at)
    while not first and start > 0:
        above = page.line_start(start - 1)
        if not _COMMENT(page.text, above):
            break
        start = above
    return start
