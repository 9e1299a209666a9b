from __future__ import annotations

from typing import Any

import pytest

from linters.lint.functions.arazzo._grammar import Expression, read
from linters.lint.functions.arazzo._names import Names

ORDER: dict[str, Any] = {
    "workflowId": "order",
    "inputs": {"properties": {"order": {}}},
    "steps": [
        {"stepId": "place", "outputs": {"id": "$url", "a.b": "$url"}},
        {"stepId": "track", "workflowId": "return"},
        {"stepId": "other", "workflowId": "$sourceDescriptions.flows.x"},
    ],
    "outputs": {"number": "$url"},
}
ROOT = {
    "sourceDescriptions": [{"name": "orders"}],
    "workflows": [ORDER, {"workflowId": "return", "outputs": {"label": "$url"}}],
    "components": {"parameters": {"page": {}}},
}


def expression(text: str) -> Expression:
    found = read(text)
    assert isinstance(found, Expression)
    return found


def missing(
    text: str, path: tuple[str | int, ...] = ("workflows", 0, "outputs", "x"), root: Any = ROOT
) -> str | None:
    return Names(root, (("workflows", 0), root["workflows"][0])).missing(expression(text), path)


@pytest.mark.parametrize(
    "text",
    [
        "$inputs.order",
        "$inputs.order.lines",
        "$outputs.number",
        "$steps.place.outputs.id",
        "$steps.place.outputs.a.b",
        "$workflows.return.outputs.label",
        "$workflows.order.inputs.order",
        "$workflows.order.steps.place",
        "$workflows.order.steps.place.outputs.id",
        "$sourceDescriptions.orders.placeOrder",
        "$components.parameters.page",
        "$response.body",
        "$self",
    ],
)
def test_what_exists_is_found(text: str) -> None:
    assert missing(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$inputs.ordr", "There is no input `ordr`. Did you mean `order`?"),
        ("$outputs.id", "The workflow has no output `id`. There are `number`."),
        ("$steps.plac.outputs.id", "There is no step `plac`. Did you mean `place`?"),
        ("$steps.place.outputs.zz", "The step `place` has no output `zz`. There are `id`, `a.b`."),
        ("$workflows.none.outputs.a", "There is no workflow `none`. There are `order`, `return`."),
        ("$workflows.return.inputs.a", "There is no input `a`. None is defined."),
        ("$workflows.return.steps.a", "There is no step `a`. None is defined."),
        ("$sourceDescriptions.order.x", "There is no source description `order`. Did you mean `orders`?"),
        ("$components.parameters.size", "There is no component in `parameters` `size`. There are `page`."),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(text: str, told: str) -> None:
    assert missing(text) == told


def test_in_a_step_that_calls_a_workflow_outputs_are_those_of_the_workflow() -> None:
    assert missing("$outputs.label", ("workflows", 0, "steps", 1, "outputs", "x")) is None
    assert missing("$outputs.number", ("workflows", 0, "steps", 1, "outputs", "x")) is not None
    assert missing("$outputs.anything", ("workflows", 0, "steps", 2, "outputs", "x")) is None


@pytest.mark.parametrize(
    "inputs", [{"allOf": []}, {"$ref": "x"}, {"additionalProperties": {}}, {"patternProperties": {}}]
)
def test_inputs_that_may_have_other_names_are_not_judged(inputs: Any) -> None:
    assert missing("$inputs.any", root={"workflows": [{"inputs": inputs}]}) is None


def test_inputs_that_are_closed_are() -> None:
    closed = {"properties": {"a": {}}, "additionalProperties": False}
    assert missing("$inputs.any", root={"workflows": [{"inputs": closed}]}) is not None


@pytest.mark.parametrize(
    ("more", "late"),
    [
        ({}, True),
        ({"onFailure": [{"type": "goto"}]}, False),
        ({"onSuccess": [{"reference": "x"}]}, False),
        ({"onSuccess": [{"type": "end"}]}, True),
        ({"dependsOn": ["b"]}, False),
    ],
)
def test_a_later_step_is_told_where_steps_run_in_order(more: Any, late: bool) -> None:
    workflow = {"steps": [{"stepId": "a", **more}, {"stepId": "b"}]}
    names = Names({"workflows": [workflow]}, (("workflows", 0), workflow))
    path = ("workflows", 0, "steps", 0, "parameters", 0, "value")
    assert (names.too_early(expression("$steps.b.outputs.x"), path) is not None) is late
    assert names.too_early(expression("$steps.a.outputs.x"), path) is None
    assert names.too_early(expression("$steps.b.outputs.x"), ("workflows", 0, "outputs", "x")) is None
