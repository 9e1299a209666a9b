"""The two readers of YAML side by side: what the quick one reads, it has to read as libyaml does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from contracts import yaml_reader
from contracts.blocks import BlockTree, Unusual, read
from contracts.limits import DEFAULT, Limits
from contracts.pointers import Path
from contracts.positions import Lines, Tree
from contracts.reading import TooMuch

LIMITS = replace(DEFAULT, depth=12, nodes=400)


def agree(text: str, limits: Limits = LIMITS) -> bool:
    """Whether the quick reader takes a text; asserts that it then says what libyaml says, places included."""
    try:
        quick = read(text, limits)
    except Unusual:
        return False
    try:
        exact = yaml_reader.read(text, limits, places=True)
    except TooMuch as error:
        raise AssertionError(f"the quick reader goes beyond the limits: {error}") from None
    assert repr(quick.value) == repr(exact.value)
    assert quick.notices == exact.notices
    assert quick.marks is not None
    assert exact.root is not None
    lines = Lines(text)
    ours, theirs = BlockTree(text, quick.value, quick.marks, lines, limits), Tree(exact.root, lines)
    for path in _paths(exact.value):
        for asked in (path, (*path, "nothing"), (*path, 99)):
            assert _place(ours, asked) == _place(theirs, asked), asked
    return True


def _place(tree: Tree, path: Path) -> Any:
    node, depth = tree.nearest(path)
    return depth, tree.range_of(node), tree.line_of(node), node.key


def _paths(value: Any) -> Iterator[Path]:
    stack: list[tuple[Path, Any]] = [((), value)]
    while stack:
        path, node = stack.pop()
        yield path
        if isinstance(node, dict):
            stack.extend(((*path, key), child) for key, child in node.items())
        elif isinstance(node, list):
            stack.extend(((*path, index), child) for index, child in enumerate(node))
