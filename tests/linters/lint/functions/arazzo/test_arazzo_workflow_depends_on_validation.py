from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

SOURCES = [{"name": "flows", "type": "arazzo"}, {"name": "api", "type": "openapi"}, {"name": "untyped"}]


@pytest.mark.parametrize(
    ("depends_on", "bad"),
    [
        (["order"], []),
        (["ordre"], [0]),
        (["order", "order"], [1]),
        (["$sourceDescriptions.flows.order"], []),
        (["$sourceDescriptions.flows"], [0]),
        (["$sourceDescriptions.api.order"], [0]),
        (["$sourceDescriptions.untyped.order", "$sourceDescriptions.none.order"], [0, 1]),
        (["$elsewhere.order"], [0, 0]),
        ([1, None], []),
        ("order", []),
    ],
)
def test_what_a_workflow_waits_for_exists(depends_on: Any, bad: list[int]) -> None:
    workflows = [{"workflowId": "order"}, {"workflowId": "return", "dependsOn": depends_on}]
    document = {"sourceDescriptions": SOURCES, "workflows": workflows}
    found = ask("arazzoWorkflowDependsOnValidation", document, path=())
    assert [problem.at for problem in found] == [("workflows", 1, "dependsOn", index) for index in bad]
