from __future__ import annotations

from linters.diff.transitions import Transition
from linters.diff.walk import extensions


def test_each_extension_is_told_by_name() -> None:
    old, new = {"x-a": 1, "x-b": 1, "x-c": 1}, {"x-b": 2, "x-c": 1, "x-d": 1, "name": "a"}
    found = [
        one for one in extensions.walk("it", "GET /a", (None, None), old, new) if isinstance(one, Transition)
    ]
    assert [(one.data["name"], one.action) for one in found] == [
        ("x-a", "removed"),
        ("x-b", "changed"),
        ("x-d", "added"),
    ]
