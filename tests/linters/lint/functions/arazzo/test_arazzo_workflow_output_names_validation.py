from __future__ import annotations

from tests.linters.lint.linting import ask


def test_each_workflow_counts_for_itself() -> None:
    steps = [{"stepId": "one"}]
    document = {
        "workflows": [
            {"workflowId": "a", "steps": steps, "outputs": {"x": "$steps.one.outputs.x"}},
            {"workflowId": "b", "steps": [], "outputs": {"x": "$steps.one.outputs.x"}},
        ]
    }
    (problem,) = ask("arazzoWorkflowOutputNamesValidation", document, path=())
    assert problem.at == ("workflows", 1, "outputs", "x", 0)
    document["workflows"].append({"outputs": {"x": 1}})
    assert ask("arazzoWorkflowOutputNamesValidation", document, path=()) == []
