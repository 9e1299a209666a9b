from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

BASE = {
    "info": {"title": "t", "version": "1"},
    "sourceDescriptions": [{"name": "s", "url": "s.yaml"}],
    "workflows": [{"workflowId": "w", "steps": [{"stepId": "one", "operationId": "x"}]}],
}


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1", "1.1.0"])
def test_a_sound_document_passes(version: str) -> None:
    assert ask("arazzoDocument", {"arazzo": version, **BASE}, path=()) == []


def test_one_mistake_is_one_finding() -> None:
    step = {"stepId": "one", "operationId": "x", "onSuccess": [{"name": "a", "type": "end", "stepId": "one"}]}
    document = {"arazzo": "1.0.0", **BASE, "workflows": [{"workflowId": "w", "steps": [step]}]}
    (problem,) = ask("arazzoDocument", document, path=())
    assert problem.below == ("workflows", 0, "steps", 0, "onSuccess", 0, "type")


@pytest.mark.parametrize("document", [None, {}, {"arazzo": "2.0.0"}, {"arazzo": 1}])
def test_what_is_of_no_version_that_we_know_is_not_judged(document: Any) -> None:
    assert ask("arazzoDocument", document, path=()) == []
