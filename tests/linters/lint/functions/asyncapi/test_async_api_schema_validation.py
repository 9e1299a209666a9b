from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("field", "schema", "bad"),
    [
        ("default", {"type": "integer", "default": 1}, []),
        ("default", {"type": "integer", "default": 1.5}, [("default",)]),
        ("default", {"type": "object", "required": ["a", "b"], "default": {"a": 1}}, [("default",)]),
        ("default", {"properties": {"a": {"type": "string"}}, "default": {"a": 1}}, [("default", "a")]),
        ("examples", {"type": "integer", "examples": [1, None, 2, []]}, [("examples", 1), ("examples", 3)]),
        ("examples", {"type": "integer", "examples": ["text"]}, []),
        ("examples", {"type": "integer"}, []),
        ("default", {"$ref": "#/not/here", "default": 1}, []),
    ],
)
def test_values_fit_the_schema_that_they_stand_in(field: str, schema: Any, bad: list[Any]) -> None:
    found = ask("asyncApiSchemaValidation", schema, {"type": field})
    assert [problem.below for problem in found] == bad


@pytest.mark.parametrize("target", [None, [], {"examples": {}}])
def test_what_is_no_schema_is_told(target: Any) -> None:
    assert [problem.below for problem in ask("asyncApiSchemaValidation", target, {"type": "examples"})] == [
        ()
    ]
