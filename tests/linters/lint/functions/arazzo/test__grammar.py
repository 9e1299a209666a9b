from __future__ import annotations

import pytest

from linters.lint.functions.arazzo._grammar import Expression, embedded, is_meant, read, without_embedded


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("$url", ()),
        ("$self", ()),
        ("$statusCode", ()),
        ("$request.header.X-Api-Key", ()),
        ("$request.query.page size", ()),
        ("$response.body", ()),
        ("$response.body#/items/0/id", ()),
        ("$message.payload#/id", ()),
        ("$message.payload.orderId", ()),
        ("$inputs.order.id#/part", ("order.id",)),
        ("$outputs.id", ("id",)),
        ("$steps.place-order.outputs.id#/0", ("place-order", "id")),
        ("$workflows.order.inputs.id", ("order", "inputs", "id", None, None)),
        ("$workflows.order.steps.place", ("order", None, None, "place", None)),
        ("$workflows.order.steps.place.outputs.id", ("order", None, None, "place", "id")),
        ("$sourceDescriptions.orders.placeOrder", ("orders",)),
        ("$components.parameters.page", ("parameters", "page")),
    ],
)
def test_what_the_grammar_knows(text: str, names: tuple[str | None, ...]) -> None:
    assert read(text) == Expression(text[1:].partition(".")[0], names)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("$response.body.id", "$response.body#/pointer"),
        ("$steps.place.id", "$steps.stepId.outputs.name"),
        ("$url.host", "nothing follows `$url`"),
        ("$input.id", "did you mean `$inputs`?"),
        ("$inputs.a b", "$inputs.name"),
        ("$components.schemas.Order", "$components.parameters.name"),
        ("response.body", "is no runtime expression"),
        ("$", "is no runtime expression"),
    ],
)
def test_what_it_does_not_know_is_told_with_what_was_meant(text: str, advice: str) -> None:
    found = read(text)
    assert isinstance(found, str)
    assert advice in found


@pytest.mark.parametrize(
    "text", ["$response.body.items[0].id", "$steps.a.outputs.list[0].id", "$inputs.a[1]"]
)
def test_in_a_condition_parts_may_be_selected(text: str) -> None:
    assert isinstance(read(text, selecting=True), Expression)
    assert isinstance(read(text), str)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("$inputs.id", True),
        ("$url", True),
        ("$input.id", True),
        ("$5.00", False),
        ("$.id", False),
        ("$USD", False),
    ],
)
def test_a_price_is_no_expression(text: str, meant: bool) -> None:
    assert is_meant(text) is meant


def test_expressions_in_braces_are_found_in_a_text() -> None:
    text = "https://{$inputs.host}/{id}/{$steps.a.outputs.b}"
    assert list(embedded(text)) == ["$inputs.host", "$steps.a.outputs.b"]
    assert without_embedded(text, "x") == "https://x/{id}/x"
