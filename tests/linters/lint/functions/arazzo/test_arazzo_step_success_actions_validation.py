from __future__ import annotations

from tests.linters.lint.linting import ask


def test_success_actions_are_judged_and_others_not() -> None:
    action = {"name": "a", "type": "goto", "stepId": "nowhere"}
    document = {"workflows": [{"steps": [{"stepId": "one", "onFailure": [action], "onSuccess": [action]}]}]}
    found = ask("arazzoStepSuccessActionsValidation", document, path=())
    assert [problem.at for problem in found] == [("workflows", 0, "steps", 0, "onSuccess", 0)]
