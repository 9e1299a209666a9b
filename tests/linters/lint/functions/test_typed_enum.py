from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask, run


@pytest.mark.parametrize(
    ("value", "bad"),
    [
        ({"type": "integer", "enum": [1, "x", 2.5, 3.0]}, [1, 2]),
        ({"type": "string", "enum": ["a", None]}, [1]),
        ({"type": "string", "nullable": True, "enum": ["a", None]}, []),
        ({"type": ["string", "null"], "enum": ["a", None, 1]}, [2]),
        ({"enum": [1, "x"]}, []),
        ({"type": "boolean", "enum": [True, 1]}, [1]),
        ({"type": "strange", "enum": [1]}, []),
        ([], []),
    ],
)
def test_values_are_of_the_type(value: Any, bad: list[int]) -> None:
    assert [problem.below for problem in ask("typedEnum", value)] == [("enum", index) for index in bad]


@pytest.mark.parametrize(
    ("keyword", "version", "found"),
    [("x-nullable", "swagger", 0), ("nullable", "swagger", 1), ("nullable", "openapi", 0)],
)
def test_null_is_allowed_in_the_words_of_the_version(keyword: str, version: str, found: int) -> None:
    rules = {"r": {"formats": ["oas2", "oas3"], "given": "$.a", "then": {"function": "typedEnum"}}}
    number = "2.0" if version == "swagger" else "3.0.3"
    value = {version: number, "a": {"type": "string", keyword: True, "enum": [None]}}
    assert len(run(rules, value)) == found
