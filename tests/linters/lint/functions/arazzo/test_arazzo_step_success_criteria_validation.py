from __future__ import annotations

from tests.linters.lint.linting import ask

STEPS = [
    {"successCriteria": [{"condition": "$statusCode == 200"}, {"context": "$url"}]},
    {"successCriteria": {}},
]


def test_the_criteria_of_each_step_are_judged() -> None:
    (problem,) = ask("arazzoStepSuccessCriteriaValidation", {"workflows": [{"steps": STEPS}]}, path=())
    assert problem.at == ("workflows", 0, "steps", 0, "successCriteria", 1, "condition")


def test_asked_about_a_workflow_it_finds_nothing() -> None:
    assert ask("arazzoStepSuccessCriteriaValidation", {"steps": STEPS}) == []
