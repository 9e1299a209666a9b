from __future__ import annotations

import pytest

from linters.diff.transitions import Transition
from linters.diff.walk import responses
from tests.linters.diff.building import http

OK = {"description": "OK"}


def found(old: dict[str, object], new: dict[str, object]) -> list[tuple[str, str]]:
    pair = [http(operation={"responses": one}).operations[0] for one in (old, new)]
    return [(one.element, one.action) for one in responses.walk(*pair) if isinstance(one, Transition)]


def content(**types: object) -> dict[str, object]:
    return {
        **OK,
        "content": {
            name.replace("_", "/"): {"schema": schema} if schema else {} for name, schema in types.items()
        },
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"200": OK}, {"200": OK, "404": OK}, ("other-status", "added")),
        ({"200": OK, "404": OK}, {"200": OK}, ("other-status", "removed")),
        ({"200": OK}, {"200": OK, "201": OK}, ("success-status", "added")),
        ({"200": OK, "2XX": OK}, {"200": OK}, ("success-status", "removed")),
        ({"200": content(text_csv={"type": "string"})}, {"200": OK}, ("response-media-type", "removed")),
        ({"200": content(text_csv=None)}, {"200": OK}, ("response-media-type", "removed-untyped")),
        ({"200": OK}, {"200": content(text_csv=None)}, ("response-media-type", "added")),
        ({"200": {**OK, "headers": {"A": {"required": True}}}}, {"200": OK}, ("response-header", "removed-required")),
        ({"200": {**OK, "headers": {"A": {}}}}, {"200": OK}, ("response-header", "removed-optional")),
        ({"200": OK}, {"200": {**OK, "headers": {"A": {}}}}, ("response-header", "added")),
        ({"200": {**OK, "headers": {"A": {"required": True}}}}, {"200": {**OK, "headers": {"a": {}}}}, ("response-header", "became-optional")),
        ({"200": {**OK, "links": {"next": {"operationId": "x"}}}}, {"200": OK}, ("link", "removed")),
    ],
)  # fmt: skip
def test_one_transition(old: dict[str, object], new: dict[str, object], expected: tuple[str, str]) -> None:
    assert found(old, new) == [expected]


def test_success() -> None:
    assert responses.is_success("2XX")
    assert not responses.is_success("default")
