from __future__ import annotations

from typing import Any

from linters.lint.functions.arazzo import _occurrences


def found(workflow: dict[str, Any]) -> list[tuple[str, str, bool]]:
    every = _occurrences.of((("w",), workflow))
    return [("/".join(map(str, one.path[1:])), one.text, one.selecting) for one in every]


def test_expressions_are_looked_for_where_they_may_stand() -> None:
    step = {
        "stepId": "$not.one",
        "description": "$inputs.not {$inputs.either}",
        "parameters": [{"name": "$inputs.name", "value": "$inputs.a"}, {"reference": "b"}],
        "requestBody": {
            "payload": {"description": "{$inputs.c}", "list": ["$5", "$inputs.d"]},
            "replacements": [{"target": "$.x", "value": "$inputs.e"}],
        },
        "correlationId": "f",
        "successCriteria": [
            {"condition": "$statusCode == 1 && $inputs.g"},
            {"condition": "$.x[{$inputs.i}]", "type": "jsonpath", "context": "h"},
        ],
        "outputs": {"name": "j", "selected": {"context": "k", "selector": "$.l", "type": "jsonpath"}},
        "onFailure": [{"name": "$m.n", "criteria": [{"condition": "$url"}]}],
    }
    assert found({"steps": [step], "inputs": {"default": "$inputs.x"}, "outputs": {"o": "$outputs.p"}}) == [
        ("steps/0/parameters/0/value", "$inputs.a", False),
        ("steps/0/parameters/1/reference", "b", False),
        ("steps/0/requestBody/payload/description", "$inputs.c", False),
        ("steps/0/requestBody/payload/list/1", "$inputs.d", False),
        ("steps/0/requestBody/replacements/0/value", "$inputs.e", False),
        ("steps/0/correlationId", "f", False),
        ("steps/0/successCriteria/0/condition", "$statusCode", True),
        ("steps/0/successCriteria/0/condition", "$inputs.g", True),
        ("steps/0/successCriteria/1/condition", "$inputs.i", False),
        ("steps/0/successCriteria/1/context", "h", False),
        ("steps/0/outputs/name", "j", False),
        ("steps/0/outputs/selected/context", "k", False),
        ("steps/0/onFailure/0/criteria/0/condition", "$url", True),
        ("outputs/o", "$outputs.p", False),
    ]


def test_data_that_is_nested_too_deep_is_not_looked_into() -> None:
    payload: Any = "$inputs.a"
    for _ in range(200):
        payload = [payload]
    assert found({"steps": [{"requestBody": {"payload": payload}}]}) == []


def test_objects_that_references_nest_without_end_are_not_looked_into() -> None:
    step: Any = {"correlationId": "x"}
    for _ in range(5_000):
        step = {"parameters": [step]}
    assert found({"steps": [step]}) == []
