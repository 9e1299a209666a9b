from __future__ import annotations

from tests.linters.lint.linting import ask


def test_the_paths_count_from_the_workflow() -> None:
    workflow = {"steps": [{"stepId": "a"}, {}, {"stepId": "A"}, {"stepId": "a"}]}
    found = ask("arazzoStepIdUniqueness", workflow, path=("workflows", 0))
    assert [problem.at for problem in found] == [("steps", 1), ("steps", 3, "stepId")]
    assert ask("arazzoStepIdUniqueness", "x") == []
