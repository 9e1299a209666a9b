from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contracts.blocks import BlockTree, Likeness, Unusual, read
from contracts.limits import DEFAULT
from contracts.positions import Lines
from contracts.reading import Reading

_AT_EASE = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
_LINE = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(["", "", "  ", "  ", "    ", "   ", "      "]),
    st.sampled_from(["", "", "", "- ", "-", "# "]),
    st.sampled_from(["a:", "b:", "c:", "a: ", "b: ", "", "-f:", "200: "]),
    st.sampled_from(["", "", "", " x", " 'q'", " |", " {d: 1}", " # note", " >-"]),
)
_LINES = st.lists(_LINE, max_size=10)


def like(text: str) -> Likeness | None:
    try:
        found = read(text, DEFAULT)
    except Unusual:
        return None
    assert found.marks is not None
    return None if found.notices else Likeness(text, found.value, found.marks)


def collections_of(value: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    found, waiting = [], [((), value)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, dict | list):
            found.append((path, node))
            pairs = node.items() if isinstance(node, dict) else enumerate(node)
            waiting += [((*path, key), child) for key, child in pairs]
    return found


def held_together(text: str, other: Likeness) -> Reading | None:
    """Reads a text with and without another: values, notices, places agree, and no object stands in two places."""
    try:
        alone = read(text, DEFAULT)
    except Unusual:
        with pytest.raises(Unusual):
            read(text, DEFAULT, other)
        return None
    found = read(text, DEFAULT, other)
    assert repr(found.value) == repr(alone.value)
    assert found.notices == alone.notices
    nodes = collections_of(found.value)
    assert len({id(node) for _, node in nodes}) == len(nodes)
    assert alone.marks is not None
    assert found.marks is not None
    trees = [
        BlockTree(text, one.value, one.marks, Lines(text), DEFAULT)
        for one in (alone, found)
        if one.marks is not None
    ]
    for path, _ in reversed(nodes):
        ranges = [tree.range_of(tree.nearest(path)[0]) for tree in trees]
        assert ranges[0] == ranges[1], path
    return found


@_AT_EASE
@given(_LINES, _LINES, st.integers(0, 9), st.integers(0, 9), st.booleans())
@example(["a:", "  b:", "    c: x", "b: x"], ["  # note"], 3, 3, True)
@example(["a:", "  b:", "  - x", "c: x"], ["  - y"], 3, 3, True)
@example(["a:", "  b:", "  - x", "c: x"], ["  -f: y"], 3, 3, True)
@example(["a:", "  b:", "    c: |", "      x"], [], 0, 0, False)
@example(["a:", "  b:", "    c: x", "", ""], ["", "# y"], 3, 4, True)
def test_what_is_shared_is_what_would_be_read(
    base: list[str], put: list[str], start: int, end: int, ends: bool
) -> None:
    other = like("\n".join(base) + "\n")
    changed = [*base[:start], *put, *base[max(start, end) :]]
    if other is not None:
        held_together("\n".join(changed) + ("\n" if ends else ""), other)
        held_together("\n".join(base) + ("\n" if ends else ""), other)


def test_what_did_not_change_is_the_same_object() -> None:
    base = "info:\n  title: A\npaths:\n  /a:\n    get:\n      tags: [x]\n  /b:\n    get:\n      id: b\n"
    other = like(base)
    assert other is not None
    first = read(base, DEFAULT, other).value
    found = held_together(base.replace("title: A", "title: Longer"), other)
    assert found is not None
    assert found.value["paths"] is first["paths"]
    assert found.value["info"] == {"title": "Longer"}
    found = held_together(base.replace("id: b", "id: c"), other)
    assert found is not None
    assert found.value["paths"]["/a"] is first["paths"]["/a"]


def test_versions_of_one_contract_share_most_of_what_they_say(corpus: Path) -> None:
    folder = corpus / "openapi" / "general"
    names = sorted(path.name for path in folder.glob("stripe-spec3@*.yaml"))
    texts = [(folder / name).read_text("utf-8") for name in names]
    other = like(texts[0])
    assert other is not None
    found = read(texts[1], DEFAULT, other)
    assert found.marks is not None
    assert repr(found.value) == repr(read(texts[1], DEFAULT).value)
    # Marks that were not asked for are those of what was taken over.
    assert len(found.marks) < 0.25 * len(collections_of(found.value))  # type: ignore[arg-type]
