from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linters.diff.policy import BACKWARD
from linters.diff.transitions import SchemaPair, Transition, Wire
from linters.diff.walk import parameters
from tests.linters.diff.building import api, http

TODAY = replace(BACKWARD, today=date(2026, 1, 1), sunset_days={"stable": 30})


def found(
    old: list[dict[str, object]], new: list[dict[str, object]], paths: tuple[str, str] = ("/a", "/a")
) -> list[tuple[str, str]]:
    pair = [
        http(path=path, operation={"parameters": one}).operations[0]
        for path, one in zip(paths, (old, new), strict=True)
    ]
    return [(one.element, one.action) for one in parameters.walk(*pair, TODAY) if isinstance(one, Transition)]


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
        ([{**QUERY, "deprecated": True}], [], ("parameter", "removed-deprecated")),
        ([{**QUERY, "deprecated": True, "x-sunset": "2026-12-31"}], [], ("parameter", "removed-early")),
        ([{**QUERY, "deprecated": True, "x-sunset": "soon"}], [], ("parameter", "removed-unreadable")),
        ([QUERY], [{**QUERY, "deprecated": True}], ("parameter", "sunset-missing")),
        ([QUERY], [{**QUERY, "deprecated": True, "x-sunset": "2026-06-01"}], ("parameter", "deprecated-with-sunset")),
        ([QUERY], [{**QUERY, "allowReserved": True}], ("parameter", "reserved-allowed")),
        ([{**QUERY, "allowReserved": True}], [QUERY], ("parameter", "reserved-prohibited")),
        ([QUERY], [{**QUERY, "allowEmptyValue": True}], ("parameter", "empty-allowed")),
        ([{**QUERY, "allowEmptyValue": True}], [QUERY], ("parameter", "empty-prohibited")),
        ([QUERY], [{**QUERY, "explode": False}], ("parameter", "serialised")),
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
    (one,) = parameters.walk(*pair, TODAY)
    assert isinstance(one, SchemaPair)
    assert one.slot.root == "request-parameter"


def test_a_parameter_of_the_path_item_is_told_as_such() -> None:
    def operation(parameters_: list[dict[str, object]]):
        value = {
            "openapi": "3.1.0",
            "info": {"title": "Orders", "version": "1.0.0"},
            "paths": {"/a": {"parameters": parameters_, "get": {"responses": {}}}},
        }
        return api(value).operations[0]

    (found,) = parameters.walk(operation([]), operation([QUERY]), TODAY)
    assert (found.element, found.action) == ("path-item-parameter", "added-optional")


@pytest.mark.parametrize(
    ("parameter", "wire"),
    [
        (QUERY, Wire.FORM),
        ({**QUERY, "explode": False}, Wire.TEXT),
        (PATH, Wire.TEXT),
        ({"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}, Wire.JSON),
    ],
)
def test_the_slot_says_how_values_are_written(parameter: dict[str, object], wire: Wire) -> None:
    pair = [http(operation={"parameters": [parameter]}).operations[0] for _ in range(2)]
    (found,) = parameters.walk(*pair, TODAY)
    assert isinstance(found, SchemaPair)
    assert found.slot.wire is wire
