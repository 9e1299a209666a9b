from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("names", "repeated"),
    [
        ([], []),
        (["orders", "returns"], []),
        (["orders", "returns", "orders", "returns", "orders"], [2, 3, 4]),
        (["orders", "Orders"], []),
    ],
)
def test_the_first_of_a_name_stands(names: list[str], repeated: list[int]) -> None:
    found = ask("uniquenessTags", [{"name": name} for name in names])
    assert [problem.below for problem in found] == [(index, "name") for index in repeated]


@pytest.mark.parametrize("value", [None, {"name": "a"}, ["a", "a"], [{"name": 1}, {"name": 1}], [{}, {}]])
def test_what_is_no_list_of_tags_is_another_rules_matter(value: Any) -> None:
    assert list(ask("uniquenessTags", value)) == []
