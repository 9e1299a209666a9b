from __future__ import annotations

import pytest

from linters.lint.functions.arazzo._expressions import begins_well, holds

ROOT = {
    "workflows": [
        {
            "workflowId": "order",
            "inputs": {"properties": {"id": {}}},
            "steps": [{"stepId": "place"}, {"stepId": "wait"}],
        },
        {
            "workflowId": "return",
            "inputs": {"$ref": "#/components/inputs/return"},
            "steps": [{"stepId": "label"}],
        },
    ],
    "components": {
        "inputs": {"return": {"properties": {"reason": {}}}},
        "parameters": {"page": {}},
        "successActions": {"done": {}},
    },
}


@pytest.mark.parametrize(
    ("expression", "workflow", "good"),
    [
        ("$url", 0, True),
        ("$response.body#/id", 0, True),
        ("$sourceDescriptions.any.thing", 0, True),
        ("$nothing", 0, False),
        ("url", 0, False),
        (7, 0, False),
        ("$steps.place.outputs.id", 0, True),
        ("$steps.place.outputs.id", 1, False),
        ("$steps.place.outputs.id", None, True),
        ("$steps.place", 0, False),
        ("$workflows.return.outputs.id", 0, True),
        ("$workflows.return.steps.label.outputs.id", 0, True),
        ("$workflows.return.steps.place.outputs.id", 0, False),
        ("$workflows.other.outputs.id", 0, False),
        ("$workflows.return", 0, False),
        ("$inputs.id", 0, True),
        ("$inputs.id", 1, False),
        ("$inputs.reason", 1, True),
        ("$inputs.id", None, False),
        ("$inputs.id", 9, False),
        ("$inputs.id.part", 0, False),
        ("$components.parameters.page", 0, True),
        ("$components.parameters.size", 0, False),
        ("$components.successActions.done", 0, True),
        ("$components.failureActions.done", 0, False),
        ("$components.inputs.anything", 0, True),
    ],
)
def test_what_an_expression_names_exists(expression: object, workflow: int | None, good: bool) -> None:
    assert holds(expression, ROOT, workflow) is good


@pytest.mark.parametrize(
    "reference", ["#/nowhere", "other.json#/x", "#nonsense", "#/components/inputs/return/type"]
)
def test_inputs_behind_a_reference_that_leads_nowhere_are_none(reference: str) -> None:
    assert not holds("$inputs.id", {"workflows": [{"inputs": {"$ref": reference}}]}, 0)


def test_the_beginning_can_be_asked_for_alone() -> None:
    assert begins_well("$steps.none.outputs.id")
    assert not begins_well("$stepsnone")
    assert not begins_well(None)
