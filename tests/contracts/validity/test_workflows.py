"""Our table of Arazzo over real documents, and what each of its rules refuses."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from contracts.document import parse
from contracts.validity import workflows

DOCUMENT: dict[str, Any] = {
    "arazzo": "1.0.1",
    "info": {"title": "Orders", "version": "1"},
    "sourceDescriptions": [{"name": "orders", "url": "./orders.yaml", "type": "openapi"}],
    "workflows": [
        {
            "workflowId": "order",
            "inputs": {"type": "object", "properties": {"id": {"type": "string"}}},
            "steps": [
                {
                    "stepId": "place",
                    "operationId": "placeOrder",
                    "parameters": [
                        {"name": "id", "in": "path", "value": 1},
                        {"reference": "$components.parameters.x"},
                    ],
                    "successCriteria": [{"condition": "$statusCode == 201"}],
                    "onFailure": [{"name": "again", "type": "retry", "retryAfter": 1.5, "retryLimit": 3}],
                    "outputs": {"id": "$response.body#/id"},
                },
                {"stepId": "track", "workflowId": "other", "parameters": [{"name": "id", "value": "x"}]},
            ],
            "outputs": {"id": "$steps.place.outputs.id"},
        }
    ],
    "components": {"parameters": {"x": {"name": "x", "value": None}}},
}


def refused(line: str, path: str, value: Any) -> set[str]:
    """The places of the errors after a value is put in at a path."""
    document = deepcopy(DOCUMENT)
    document["arazzo"] = f"{line}.0"
    node: Any = document
    *way, last = path.split("/")
    for part in way:
        node = node[int(part)] if isinstance(node, list) else node[part]
    node[int(last) if isinstance(node, list) else last] = value
    errors = workflows.validator(line).iter_errors(document)
    return {"/".join(map(str, error.instance_path)) for error in errors}


@pytest.mark.parametrize("line", ["1.0", "1.1"])
def test_a_sound_document_is_valid(line: str) -> None:
    assert refused(line, "info/summary", "of a line") == set()


STEP = "workflows/0/steps/0"
ASYNC = {
    "stepId": "a",
    "channelPath": "{$sourceDescriptions.e.url}#/channels/a",
    "action": "receive",
    "timeout": 10,
}
SELECTOR = {
    "context": "$response.body",
    "selector": "$.id",
    "type": {"type": "jsonpath", "version": "rfc9535"},
}


@pytest.mark.parametrize(
    ("path", "value", "in_1_0", "in_1_1"),
    [
        ("arazzo", "2.0.0", {"arazzo"}, {"arazzo"}),
        ("$self", "https://example.com/orders", {""}, set()),
        ("$self", "https://example.com/orders#part", {""}, {"$self"}),
        ("sourceDescriptions/0/type", "asyncapi", {"sourceDescriptions/0/type"}, set()),
        ("workflows/0/steps", [], {"workflows/0/steps"}, {"workflows/0/steps"}),
        ("workflows/0/inputs", {"type": "text"}, {"workflows/0/inputs/type"}, {"workflows/0/inputs/type"}),
        (f"{STEP}/workflowId", "order", {STEP}, {STEP}),
        (
            f"{STEP}/parameters/0",
            {"name": "id", "value": 1},
            {f"{STEP}/parameters/0"},
            {f"{STEP}/parameters/0"},
        ),
        (f"{STEP}/timeout", 10, {STEP}, set()),
        ("workflows/0/steps/1", ASYNC, {"workflows/0/steps/1"}, set()),
        ("workflows/0/outputs/id", SELECTOR, {"workflows/0/outputs/id"}, set()),
        (
            f"{STEP}/successCriteria/0/type",
            "regex",
            {f"{STEP}/successCriteria/0"},
            {f"{STEP}/successCriteria/0"},
        ),
        (f"{STEP}/onFailure/0", {"name": "a", "type": "retry"}, {f"{STEP}/onFailure/0"}, set()),
        (
            f"{STEP}/onFailure/0",
            {"name": "a", "type": "goto"},
            {f"{STEP}/onFailure/0"},
            {f"{STEP}/onFailure/0"},
        ),
        ("components/x-own", 1, set(), set()),
        ("components/own", 1, {"components"}, {"components"}),
    ],
)
def test_what_each_version_knows(path: str, value: Any, in_1_0: set[str], in_1_1: set[str]) -> None:
    assert refused("1.0", path, value) == in_1_0
    assert refused("1.1", path, value) == in_1_1


def test_a_line_that_is_not_known_has_no_schema() -> None:
    with pytest.raises(KeyError):
        workflows.schema("2.0")


def test_real_documents_are_valid(corpus: Path) -> None:
    documents = [
        parse(path.read_bytes(), path.name).value for path in sorted(corpus.glob("arazzo/*arazzo.yaml"))
    ]
    assert len(documents) > 5
    for document in documents:
        assert list(workflows.validator(document["arazzo"][:3]).iter_errors(document)) == []
