from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

COMPONENTS = {"parameters": {"page": {"name": "page", "in": "query", "value": 1}, "empty": {}}}


def told(parameters: Any, more: Any = (), **step: Any) -> list[tuple[Any, ...]]:
    workflow = {
        "workflowId": "w",
        "inputs": {"properties": {"id": {}}},
        "parameters": list(more),
        "steps": [{"stepId": "one", "parameters": parameters, **step}],
    }
    document = {"workflows": [workflow], "components": COMPONENTS}
    found = ask("arazzoStepParametersValidation", document, path=())
    return [(problem.at or ())[5:] for problem in found]


ID = {"name": "id", "in": "path", "value": "$inputs.id"}


@pytest.mark.parametrize(
    ("parameters", "bad"),
    [
        ([ID], []),
        ([ID, ID], [(1,), (1,)]),
        ([ID, {**ID, "in": "query"}], [(1,)]),
        ([{"reference": "$components.parameters.page"}], []),
        ([{"reference": "$components.parameters.size"}], [(0,)]),
        ([{"reference": "$components.parameters.empty"}], [(0,)]),
        ([{**ID, "value": "$inputs.other"}], [(0,)]),
        ([{**ID, "value": "$response.body"}], [(0,)]),
        ([{**ID, "value": "$steps.one.outputs.x"}], []),
        ([{**ID, "value": "$workflows.w.steps.one.outputs.x"}], []),
        ([{**ID, "value": "plain"}, {"name": 1}, {**ID, "in": 1}, "x"], []),
        ([ID, {"name": "other", "value": 1}], [()]),
        ([], []),
        ({}, []),
    ],
)
def test_parameters_are_given_once_with_values_that_exist(
    parameters: Any, bad: list[tuple[Any, ...]]
) -> None:
    assert told(parameters) == bad


def test_where_a_parameter_goes_follows_from_what_is_called() -> None:
    assert told([ID], operationId="x") == []
    assert told([{"name": "id", "value": 1}], operationPath="x") == [()]
    assert told([ID], workflowId="w") == [()]
    assert told([{"name": "id", "value": 1}], workflowId="w") == []


def test_a_step_overrides_its_workflow() -> None:
    assert told([ID], [ID]) == []
    assert told([{**ID, "name": "other", "value": "$inputs.none"}], [ID]) == [(1,)]
