from __future__ import annotations

import pytest

from linters.diff.transitions import SchemaPair, Transition
from linters.diff.walk import parameters
from tests.linters.diff.building import http


def found(
    old: list[dict[str, object]], new: list[dict[str, object]], paths: tuple[str, str] = ("/a", "/a")
) -> list[tuple[str, str]]:
    pair = [
        http(path=path, operation={"parameters": one}).operations[0]
        for path, one in zip(paths, (old, new), strict=True)
    ]
    return [(one.element, one.action) for one in parameters.walk(*pair) if isinstance(one, Transition)]


QUERY: dict[str, object] = {"name": "q", "in": "query", "schema": {"type": "array"}}
PATH: dict[str, object] = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [QUERY], ("parameter", "added-optional")),
        ([], [{**QUERY, "required": True}], ("parameter", "added-required")),
        ([], [PATH], ("path-parameter", "added")),
        ([QUERY], [], ("parameter", "removed")),
        ([QUERY], [{**QUERY, "required": True}], ("parameter", "became-required")),
        ([{**QUERY, "required": True}], [QUERY], ("parameter", "became-optional")),
        ([QUERY], [{**QUERY, "deprecated": True}], ("parameter", "deprecated")),
        ([QUERY], [{**QUERY, "explode": False}], ("parameter", "serialised")),
        ([QUERY], [{**QUERY, "schema": {"type": "array", "default": []}}], ("parameter-default", "added")),
        ([{**QUERY, "schema": {"default": 1}}], [{**QUERY, "schema": {"default": 2}}], ("parameter-default", "changed")),
        ([{**PATH, "schema": {"default": "a"}}], [{**PATH, "schema": {"default": "b"}}], ("parameter-default", "changed-unused")),
        ([QUERY], [{"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}], ("parameter", "serialised")),
    ],
)  # fmt: skip
def test_one_transition(
    old: list[dict[str, object]], new: list[dict[str, object]], expected: tuple[str, str]
) -> None:
    assert found(old, new) == [expected]


def test_explode_means_nothing_for_a_single_value() -> None:
    single = {"name": "q", "in": "query", "schema": {"type": "string"}}
    assert not found([single], [{**single, "explode": False}])


def test_headers_are_compared_whatever_their_case_and_path_parameters_by_their_place() -> None:
    header = {"name": "X-Id", "in": "header", "schema": {}}
    assert not found([header], [{**header, "name": "x-id"}])
    assert not found([PATH], [{**PATH, "name": "orderId"}], ("/a/{id}", "/a/{orderId}"))


def test_schemas_are_handed_on() -> None:
    pair = [http(operation={"parameters": [QUERY]}).operations[0] for _ in range(2)]
    (one,) = parameters.walk(*pair)
    assert isinstance(one, SchemaPair)
    assert one.slot.root == "request-parameter"
