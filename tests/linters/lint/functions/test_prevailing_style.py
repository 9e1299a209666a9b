from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


def schema(*names: str, **more: Any) -> dict[str, Any]:
    return {"components": {"schemas": {"A": {"properties": {name: {} for name in names}, **more}}}}


def told(root: Any, names: str = "properties") -> list[str]:
    return [problem.message for problem in ask("prevailingStyle", root, {"names": names})]


CAMEL = ("orderNumber", "lineNumber", "netWeight", "grossWeight")


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("order_date", "snake_case"),
        ("order-date", "kebab-case"),
        ("OrderDate", "PascalCase"),
        ("Order_Date", "mixed"),
    ],
)
def test_a_name_of_another_style_is_told_with_both(name: str, style: str) -> None:
    assert told(schema(*CAMEL, name)) == [f"`{name}` is {style}, and 4 of 5 are camelCase."]


@pytest.mark.parametrize(
    "name", ["status", "DUNS", "UNLocationCode", "xml:lang", "@type", "$ref", "", "ÜberNahme"]
)
def test_a_name_that_fits_several_styles_says_nothing(name: str) -> None:
    assert told(schema(*CAMEL, "orderDate", name)) == []


def test_where_no_style_prevails_nothing_is_said() -> None:
    assert (
        told(schema("orderNumber", "order_date", "lineNumber", "net_weight", "gross_weight", "shipTo")) == []
    )
    assert told(schema("orderNumber", "lineNumber", "order_date")) == []


def test_a_name_is_told_once_where_it_first_stands() -> None:
    root = {
        "components": {
            "schemas": {
                "A": {"properties": {name: {} for name in (*CAMEL, "orderDate")}},
                "B": {"allOf": [{"properties": {"ship_to": {}}}]},
                "C": {"properties": {"ship_to": {}}},
            }
        }
    }
    [problem] = ask("prevailingStyle", root, {"names": "properties"})
    assert problem.at == ("components", "schemas", "B", "allOf", 0, "properties", "ship_to")


def test_data_is_not_taken_for_a_schema() -> None:
    data = {"properties": {"ship_to": {}}}
    assert told(schema(*CAMEL, "orderDate", example=data, default=data, examples=[data])) == []


def test_parameters_are_found_in_every_place() -> None:
    def parameter(name: str, place: str = "query") -> dict[str, str]:
        return {"name": name, "in": place}

    root = {
        "components": {"parameters": {"a": parameter("ship-to"), "h": parameter("X_Y_z", "header")}},
        "parameters": {"b": parameter("ship-from")},
        "paths": {
            "/a": {
                "parameters": [parameter("net-weight"), 3],
                "get": {"parameters": [parameter("line-number"), parameter("orderDate", "path")]},
                "put": {},
            }
        },
    }
    [problem] = ask("prevailingStyle", root, {"names": "parameters"})
    assert problem.at == ("paths", "/a", "get", "parameters", 1, "name")


def test_variables_in_paths_are_no_segments() -> None:
    root = {"paths": {f"/{name}/{{orderId}}": {} for name in ("a-b", "c-d", "e-f", "g-h", "iJ")}}
    assert told(root, "segments") == ["`iJ` is camelCase, and 4 of 5 are kebab-case."]


def test_operation_ids_are_names_too() -> None:
    ids = ["listOrders", "getOrder", "dropOrder", "putOrder", "Move_Order"]
    root = {"paths": {f"/{name}": {"get": {"operationId": name}} for name in ids}}
    assert told(root, "operationIds") == ["`Move_Order` is mixed, and 4 of 5 are camelCase."]
    assert told({"paths": {"/a": {"get": {"operationId": 3}}}}, "operationIds") == []
