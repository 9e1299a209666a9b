from __future__ import annotations

from typing import Any

import pytest

from linters.lint.functions.arazzo._actions import FAILURE, SUCCESS, flaws


def told(on_failure: Any, kind: Any = FAILURE, **workflow: Any) -> list[tuple[Any, ...]]:
    step = {"stepId": "one", "onFailure": on_failure, "onSuccess": on_failure}
    document = {
        "sourceDescriptions": [{"name": "other"}],
        "workflows": [{"workflowId": "w", "steps": [step, {"stepId": "two"}], **workflow}],
        "components": {"failureActions": {"stop": {"name": "stop", "type": "end"}}},
    }
    return [(problem.at or ())[4:] for problem in flaws(document, kind)]


END = {"name": "end", "type": "end"}


@pytest.mark.parametrize(
    ("actions", "count"),
    [
        ([END], 0),
        ([END, {"name": "again", "type": "end"}], 0),
        ([{"name": "a", "type": "goto", "stepId": "two"}], 0),
        ([{"name": "a", "type": "goto", "stepId": "three"}], 1),
        ([{"name": "a", "type": "end", "stepId": "three"}], 0),
        ([{"name": "a", "type": "retry", "workflowId": "w"}], 0),
        ([{"name": "a", "type": "retry", "workflowId": "x"}], 1),
        ([{"name": "a", "type": "goto", "workflowId": "$sourceDescriptions.other.w"}], 0),
        ([{"name": "a", "type": "goto", "workflowId": "$sourceDescriptions.none.w"}], 1),
        ([{"name": "a", "type": "goto", "workflowId": "w", "stepId": "two"}], 1),
        ([{"reference": "$components.failureActions.stop"}], 0),
        ([{"reference": "$components.failureActions.go"}], 1),
        ([{"reference": "$components.successActions.stop"}], 1),
        ([{"name": 1, "type": "end"}, {"type": "end"}, "x"], 0),
        ({}, 0),
    ],
)
def test_actions_lead_somewhere(actions: Any, count: int) -> None:
    assert told(actions) == [("onFailure", 0)] * count


def test_a_name_that_is_there_twice_is_told_twice() -> None:
    assert told([END, END]) == [("onFailure", 1)] * 2


def test_a_step_overrides_its_workflow() -> None:
    assert told([END], failureActions=[END]) == []
    assert told([{"name": "x", "type": "goto", "stepId": "?"}], failureActions=[END]) == [("onFailure", 1)]


def test_criteria_are_judged_with_the_action() -> None:
    actions = [{**END, "criteria": [{"condition": "$statusCode == 500"}, {}]}]
    assert told(actions) == [("onFailure", 0, "criteria", 1, "condition")]


def test_success_is_looked_for_where_it_is_written() -> None:
    actions = [
        {"name": "a", "type": "goto", "stepId": "three"},
        {"name": "b", "type": "retry", "stepId": "three"},
    ]
    assert told(actions, SUCCESS) == [("onSuccess", 0)]
