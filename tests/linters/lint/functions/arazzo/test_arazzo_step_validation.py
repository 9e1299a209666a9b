from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("step", "bad"),
    [
        ({"operationId": "placeOrder"}, []),
        ({"operationId": "$sourceDescriptions.orders.placeOrder"}, []),
        ({"operationId": "$sourceDescriptions.order.placeOrder"}, ["operationId"]),
        ({"operationId": "$orders.placeOrder"}, ["operationId"] * 2),
        ({"operationPath": "{$sourceDescriptions.orders.url}#/paths/~1orders/post"}, []),
        ({"operationPath": "{$sourceDescriptions.order.url}#/paths"}, ["operationPath"]),
        ({"operationPath": "#/paths"}, ["operationPath"]),
        ({"workflowId": "order"}, []),
        ({"workflowId": "$sourceDescriptions.orders.order"}, []),
        ({"workflowId": "$orders.order"}, ["workflowId"] * 2),
        ({"operationId": 1}, []),
    ],
)
def test_a_step_calls_what_is_described(step: dict[str, Any], bad: list[str]) -> None:
    document = {"sourceDescriptions": [{"name": "orders"}], "workflows": [{"steps": [step]}]}
    found = ask("arazzoStepValidation", document, path=())
    assert [problem.at for problem in found] == [("workflows", 0, "steps", 0, name) for name in bad]


def test_without_sources_nothing_else_is_said() -> None:
    (problem,) = ask("arazzoStepValidation", {"workflows": [{"steps": [{"operationPath": "x"}]}]}, path=())
    assert problem.at == ("sourceDescriptions",)
