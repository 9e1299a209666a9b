"""A member that comes into a mapping, indented as its neighbours are."""

from __future__ import annotations

from contracts.positions import Node
from linters.fixes import writing
from linters.fixes.changes import Add
from linters.fixes.edits import CannotFix, Edit
from linters.fixes.page import Page


def member(page: Page, change: Add) -> list[Edit]:
    """Behind the member `after`, or the last one, and behind the comment on its line."""
    node = page.node(change.path)
    if node.fields is None:
        raise CannotFix("no mapping stands there")
    children = page.children(node)
    neighbour = node.fields.get(change.after) if change.after is not None else None
    if neighbour is None:
        neighbour = children[-1] if children else None
    if not page.is_flow(node):
        return [_in_block(page, change, neighbour)]
    if neighbour is None:
        start = page.content(node) + 1
        return [Edit(start, start, _inline(page, change))]
    if "\n" in page.text[page.content(node) : page.start(children[0])]:
        return _on_a_line(page, change, neighbour)
    return [_on_the_same_line(page, change, neighbour)]


def _inline(page: Page, change: Add) -> str:
    name = writing.scalar(change.key, flow=True, json=page.json)
    return f"{name}: {writing.inline(change.value, json=page.json)}"


def _in_block(page: Page, change: Add, neighbour: Node | None) -> Edit:
    if neighbour is None or neighbour.key is None:
        raise CannotFix("the mapping is empty")
    margin = page.margin(neighbour.key[0])
    at = page.line_end(page.end(neighbour))
    text = writing.member(change.key, change.value, margin, page.step, page.newline)
    return Edit(at, at, page.newline + margin + text)


def _on_the_same_line(page: Page, change: Add, neighbour: Node) -> Edit:
    end = page.end(neighbour)
    return Edit(end, end, ", " + _inline(page, change))


def _on_a_line(page: Page, change: Add, neighbour: Node) -> list[Edit]:
    margin = page.margin(page.start(neighbour))
    text = (
        writing.json_member(change.key, change.value, margin, page.step, page.newline)
        if page.json
        else _inline(page, change)
    )
    end = page.end(neighbour)
    comma = page.comma(end)
    behind = end if comma is None else comma + 1
    if page.text[behind : page.line_end(behind)].strip() and not page.text[behind:].lstrip(" \t").startswith(
        "#"
    ):
        behind_line = behind  # something follows on this line
    else:
        behind_line = page.line_end(behind)
    new = page.newline + margin + text
    if comma is not None:
        return [Edit(behind_line, behind_line, new + ",")]
    if behind_line == end:
        return [Edit(end, end, "," + new)]
    return [Edit(end, end, ","), Edit(behind_line, behind_line, new)]
