from __future__ import annotations

from typing import Any

import pytest

from contracts.pointers import Path
from contracts.references import from_files
from linters.lint.function import Context
from linters.lint.functions.stated import FUNCTION

PATH: Path = ("paths", "/orders", "get")


def messages(root: Any, levels: list[str], path: Path = PATH) -> list[str]:
    target = root
    for part in path:
        target = target[part]
    context = Context(path, root, from_files({"a.yaml": b"a: 1"}, "a.yaml"), frozenset())
    check = FUNCTION.prepare({"field": "security", "levels": levels})
    return [problem.message for problem in check(target, context) or ()]


def document(
    root: dict[str, Any] | None = None, item: dict[str, Any] | None = None, own: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {**(root or {}), "paths": {"/orders": {**(item or {}), "get": own or {}}}}


STATES: dict[str, Any] = {"security": []}


@pytest.mark.parametrize(
    ("root", "levels", "stated"),
    [
        (document(own=STATES), ["operation"], True),
        (document(root=STATES), ["operation", "root"], True),
        (document(root=STATES), ["operation"], False),
        (document(item=STATES), ["operation", "path", "root"], True),
        (document(item=STATES), ["operation", "root"], False),
        (document(), ["operation", "path", "root"], False),
    ],
)
def test_only_the_levels_that_are_named_count(root: Any, levels: list[str], stated: bool) -> None:
    assert (messages(root, levels) == []) is stated


def test_the_message_names_the_operation_and_where_it_was_looked_for() -> None:
    assert messages(document(), ["operation", "root"]) == [
        "GET /orders states no `security`, neither at the operation nor at the root."
    ]


def test_one_level_reads_well_too() -> None:
    assert messages(document(), ["operation"]) == ["GET /orders states no `security` at the operation."]


@pytest.mark.parametrize("root", [{"paths": {"/orders": {"get": None}}}, {"paths": {"/orders": {"get": 3}}}])
def test_what_is_no_operation_is_left_alone(root: Any) -> None:
    assert messages(root, ["operation"]) == []
