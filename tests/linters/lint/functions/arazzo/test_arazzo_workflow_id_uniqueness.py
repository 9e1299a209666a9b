from __future__ import annotations

from tests.linters.lint.linting import ask


def test_of_two_workflows_of_one_id_the_second_is_told() -> None:
    document = {"workflows": [{"workflowId": "a"}, {"workflowId": "A"}, {"workflowId": "a"}]}
    (problem,) = ask("arazzoWorkflowIdUniqueness", document, path=())
    assert problem.at == ("workflows", 2, "workflowId")
