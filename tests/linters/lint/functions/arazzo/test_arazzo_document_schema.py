from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

STEP = {"stepId": "one", "operationId": "x"}


def told(line: str = "1.0", step: Any = STEP, **more: Any) -> list[Any]:
    document = {
        "arazzo": f"{line}.0",
        "info": {"title": "t", "version": "1"},
        "sourceDescriptions": [{"name": "s", "url": "s.yaml"}],
        "workflows": [{"workflowId": "w", "steps": [step]}],
        **more,
    }
    return [
        problem.below for problem in ask("arazzoDocumentSchema", document, path=(), formats=[f"arazzo{line}"])
    ]


STEP_PATH = ("workflows", 0, "steps", 0)


@pytest.mark.parametrize(
    ("more", "bad"),
    [
        ({}, []),
        ({"info": {"title": "t"}}, [("info",)]),
        ({"nope": 1, "no": 2}, [(), ()]),
        ({"x-nope": 1}, []),
        ({"step": {"stepId": "one"}}, [STEP_PATH] * 4),
        ({"step": {**STEP, "workflowId": "w"}}, [STEP_PATH] * 2),
        ({"step": {**STEP, "operationPath": "w"}}, [STEP_PATH]),
        ({"step": {**STEP, "onSuccess": [{"reference": 1}]}}, [(*STEP_PATH, "onSuccess", 0, "reference")]),
    ],
)
def test_a_document_is_built_as_the_specification_says(more: dict[str, Any], bad: list[Any]) -> None:
    found = [path for path in told(**more) if path[-2:] != ("onSuccess", 0)]
    assert found == bad


def test_a_version_without_a_schema_is_not_judged() -> None:
    assert ask("arazzoDocumentSchema", {"arazzo": "2.0.0"}, path=(), formats=["oas3"]) == []


def test_what_is_new_in_1_1_is_known_there_only() -> None:
    step = {"stepId": "one", "channelPath": "{$sourceDescriptions.s.url}#/channels/a", "action": "send"}
    assert told("1.1", step) == []
    assert told("1.0", step) != []


def test_what_references_multiply_is_judged_as_it_is_written() -> None:
    inputs: Any = {"type": "string"}
    for _ in range(30):
        inputs = {"properties": {"a": inputs, "b": inputs}}
    resolved = {"arazzo": "1.0.0", "workflows": [{"inputs": inputs}]}
    found = ask("arazzoDocumentSchema", resolved, path=(), root={"arazzo": "1.0.0"}, formats=["arazzo1.0"])
    assert [problem.below for problem in found] == [()] * 3
