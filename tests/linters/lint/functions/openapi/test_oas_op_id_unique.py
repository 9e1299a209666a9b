from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


def test_the_second_of_two_alike_is_told_with_the_first() -> None:
    paths = {
        "/orders": {"get": {"operationId": "orders"}, "x-get": {"operationId": "orders"}},
        "/returns": {"get": {}, "post": {"operationId": "orders"}},
    }
    (problem,) = ask("oasOpIdUnique", paths)
    assert problem.below == ("/returns", "post", "operationId")
    assert problem.message == "The operationId `orders` is already that of GET /orders."


def test_text_and_number_are_not_alike() -> None:
    assert ask("oasOpIdUnique", {"/a": {"get": {"operationId": "1"}, "put": {"operationId": 1}}}) == []


@pytest.mark.parametrize("paths", [None, [], {"/a": None}, {"/a": {"get": []}}])
def test_odd_paths_are_passed_over(paths: Any) -> None:
    assert ask("oasOpIdUnique", paths) == []
