from __future__ import annotations

from tests.linters.lint.linting import ask


def test_the_outputs_of_each_step_are_judged() -> None:
    steps = [
        {"stepId": "one", "outputs": {"x": "$url"}},
        {"stepId": "two", "outputs": {"x": "$steps.none.outputs.x"}},
    ]
    (problem,) = ask("arazzoStepOutputNamesValidation", {"workflows": [{"steps": steps}]}, path=())
    assert problem.at == ("workflows", 0, "steps", 1, "outputs", "x", 0)
    steps.append({"stepId": "three", "outputs": {"x": {}}})  # type: ignore[dict-item]
    assert ask("arazzoStepOutputNamesValidation", {"workflows": [{"steps": steps}]}, path=()) == []
