from __future__ import annotations

from tests.linters.lint.linting import ask

STEPS = [
    {"stepId": "one", "parameters": [{"name": "a", "value": "$steps.two.outputs.x"}]},
    {"stepId": "two", "outputs": {"x": "$response.body.x"}},
]


def test_what_is_not_there_or_not_written_well_is_told() -> None:
    document = {"workflows": [{"steps": STEPS, "outputs": {"y": "$steps.two.outputs.y"}}]}
    found = ask("arazzoExpressions", document, {"check": "names"}, ())
    assert [problem.at for problem in found] == [
        ("workflows", 0, "steps", 1, "outputs", "x"),
        ("workflows", 0, "outputs", "y"),
    ]


def test_what_comes_too_early_is_told_alone() -> None:
    (problem,) = ask("arazzoExpressions", {"workflows": [{"steps": STEPS}]}, {"check": "order"}, ())
    assert problem.at == ("workflows", 0, "steps", 0, "parameters", 0, "value")


def test_a_document_of_another_shape_has_none() -> None:
    assert ask("arazzoExpressions", {"workflows": {"a": 1}}, {"check": "names"}, ()) == []
