from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

SOURCES = [{"name": "orders", "type": "openapi"}, {"name": "flows", "type": "arazzo"}, {"name": "untyped"}]


@pytest.mark.parametrize(
    ("step", "bad"),
    [
        ({"workflowId": "order"}, []),
        ({"workflowId": "ordr"}, ["workflowId"]),
        ({"workflowId": "$sourceDescriptions.flows.x"}, []),
        ({"workflowId": "$sourceDescriptions.untyped.x"}, []),
        ({"workflowId": "$sourceDescriptions.orders.x"}, ["workflowId"]),
        ({"workflowId": "$flows.x"}, ["workflowId"]),
        ({"operationId": "$sourceDescriptions.orders.x"}, []),
        ({"operationId": "$sourceDescriptions.order.x"}, ["operationId"]),
        ({"operationId": "x"}, ["operationId"]),
        ({"operationPath": "{$sourceDescriptions.orders.url}#/paths/~1/get"}, []),
        ({"channelPath": "{$sourceDescriptions.order.url}#/channels/a"}, ["channelPath"]),
        ({"operationPath": "$sourceDescriptions.orders.x"}, ["operationPath"]),
        ({"onSuccess": [{"stepId": "one"}, {"stepId": "none"}, "x"]}, ["onSuccess/1/stepId"]),
        ({"dependsOn": ["two", "none", "$workflows.order.steps.two"]}, ["dependsOn/1"]),
        (
            {"dependsOn": ["$workflows.none.steps.a", "$workflows.order.steps.a"]},
            ["dependsOn/0", "dependsOn/1"],
        ),
        ({"dependsOn": ["$sourceDescriptions.flows.x.steps.a", "$nonsense"]}, ["dependsOn/1"]),
        ({"workflowId": 1, "operationId": [], "dependsOn": [None]}, []),
    ],
)
def test_what_a_step_leads_to_exists(step: dict[str, Any], bad: list[str]) -> None:
    workflow = {"workflowId": "order", "steps": [{"stepId": "one", **step}, {"stepId": "two"}]}
    found = ask("arazzoTargets", {"sourceDescriptions": SOURCES, "workflows": [workflow]}, path=())
    assert ["/".join(map(str, (problem.at or ())[4:])) for problem in found] == bad


def test_one_source_needs_no_name() -> None:
    document = {"sourceDescriptions": SOURCES[:2], "workflows": [{"steps": [{"operationId": "x"}]}]}
    assert ask("arazzoTargets", document, path=()) == []


def test_actions_of_a_workflow_lead_to_its_steps() -> None:
    document = {"workflows": [{"failureActions": [{"stepId": "none"}], "steps": [{"stepId": "none_"}]}]}
    (problem,) = ask("arazzoTargets", document, path=())
    assert problem.at == ("workflows", 0, "failureActions", 0, "stepId")
    assert problem.message == "There is no step `none` in this workflow. Did you mean `none_`?"


def test_an_id_that_is_no_text_names_nothing() -> None:
    document = {"workflows": [{"workflowId": {}, "steps": []}, {"dependsOn": ["x"], "steps": []}]}
    (problem,) = ask("arazzoTargets", document, path=())
    assert problem.message == "There is no workflow `x`. None is defined."
