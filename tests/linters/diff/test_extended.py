from __future__ import annotations

from linters.diff import extended


def test_what_other_checks_understand_is_theirs() -> None:
    assert extended.changed({}, {"x-sunset": "2026-01-01", "x-a": 1, "a": 1}) == ["x-a"]
    assert extended.changed({"x-a": 1}, {"x-a": 1}) == []


def test_actions() -> None:
    assert extended.action({}, {"x-a": 1}, "x-a") == "added"
    assert extended.action({"x-a": 1}, {}, "x-a") == "removed"
    assert extended.action({"x-a": 1}, {"x-a": 2}, "x-a") == "changed"
