from __future__ import annotations

from typing import Any

import pytest

from contracts.references import from_files
from linters.lint.function import Context
from linters.lint.functions.openapi.security_apart import FUNCTION


def shared(admin: Any, other: Any) -> list[tuple[str | int, ...]]:
    document = {"paths": {"/admin/a": {"get": {"security": admin}}, "/a": {"get": {"security": other}}}}
    context = Context((), document, from_files({"a.yaml": b"a: 1"}, "a.yaml"), frozenset())
    return [problem.below for problem in FUNCTION.prepare({"path": "/admin"})(document, context) or ()]


@pytest.mark.parametrize(
    ("admin", "other", "at"),
    [
        ([{"o": ["admin"]}], [{"o": ["read"]}], []),
        ([{"o": ["x"]}], [{"o": ["x"]}], [0]),
        ([{"o": ["admin"]}, {"a": [], "b": []}], [{"b": [], "a": []}], [1]),
        (None, None, []),
        ([7], [7], []),
    ],
)
def test_the_same_requirement_inside_and_outside(admin: Any, other: Any, at: list[int]) -> None:
    assert shared(admin, other) == [("paths", "/admin/a", "get", "security", index) for index in at]
