from __future__ import annotations

from typing import Any

import pytest

from contracts.references import from_files
from linters.lint.function import Context, Problem
from linters.lint.functions.distinct import FUNCTION


def problems(target: Any) -> list[Problem]:
    context = Context((), target, from_files({"a.yaml": b"a: 1"}, "a.yaml"), frozenset())
    check = FUNCTION.prepare({"within": ["paths", "webhooks", "channels"], "field": "operationId"})
    return list(check(target, context) or ())


def test_the_second_of_two_alike_is_objected_to_wherever_it_stands() -> None:
    found = problems(
        {
            "paths": {
                "/orders": {"get": {"operationId": "list"}, "parameters": []},
                "/returns": {"additionalOperations": {"LOCK": {"operationId": "list"}}},
            },
            "webhooks": {"returned": {"post": {"operationId": "list"}}},
        }
    )
    assert [problem.below for problem in found] == [
        ("paths", "/returns", "additionalOperations", "LOCK", "operationId"),
        ("webhooks", "returned", "post", "operationId"),
    ]
    assert {problem.message for problem in found} == {
        "The operationId `list` is already that of GET /orders."
    }


def test_one_that_is_not_a_path_is_named_by_its_pointer() -> None:
    channels = {"a/b": {"publish": {"operationId": "x"}, "subscribe": {"operationId": "x"}}}
    (problem,) = problems({"channels": channels})
    assert problem.message == "The operationId `x` is already that of #/channels/a~1b/publish."


@pytest.mark.parametrize(
    "target",
    [
        None,
        [],
        {"paths": None},
        {
            "paths": {
                "/a": None,
                "/b": {"get": 3},
                "/c": {"get": {"operationId": 3}, "put": {"operationId": 3}},
            }
        },
        {"paths": {"/a": {"get": {}}, "/b": {"get": {}}}},
    ],
)
def test_what_has_no_name_is_left_alone(target: Any) -> None:
    assert problems(target) == []
