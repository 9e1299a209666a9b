from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

QUERY, BODY, FORM = (
    {"name": "a", "in": "query"},
    {"name": "order", "in": "body"},
    {"name": "a", "in": "formData"},
)


@pytest.mark.parametrize(
    ("parameters", "places"),
    [
        ([QUERY, {"name": "a", "in": "header"}], []),
        ([QUERY, QUERY, QUERY], [(1,), (2,)]),
        ([{}, {}], [(1,)]),
        ([{"$ref": "#/a"}, {"$ref": "#/a"}, None], []),
        ([BODY, FORM], [()]),
        ([BODY, {"name": "other", "in": "body"}], [(1,)]),
        ([BODY], []),
        ("text", []),
    ],
)
def test_parameters_do_not_contradict_each_other(parameters: Any, places: list[tuple[int, ...]]) -> None:
    assert [problem.below for problem in ask("oasOpParams", parameters)] == places
