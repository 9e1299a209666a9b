from __future__ import annotations

from typing import Any

import pytest

from linters.lint.operations import effective, operations, parameters

SHARED = {"name": "trace", "in": "header"}
OWN = {"name": "trace", "in": "header", "required": True}
ROOT: dict[str, Any] = {
    "security": [{"key": []}],
    "x-rate-limit": {"limit": 1},
    "paths": {
        "/orders": {
            "parameters": [SHARED, {"name": "id", "in": "path"}],
            "servers": [{"url": "/path"}],
            "get": {"parameters": [OWN]},
            "post": {"security": [], "servers": []},
            "additionalOperations": {"LOCK": {}},
            "summary": "Orders",
        },
        "/broken": [],
        "/returns": {"query": {}, "put": None},
    },
}


def test_every_method_counts_and_nothing_else() -> None:
    assert [operation.name for operation in operations(ROOT)] == [
        "GET /orders",
        "POST /orders",
        "LOCK /orders",
        "QUERY /returns",
    ]


@pytest.mark.parametrize("root", [None, [], {}, {"paths": []}, {"paths": {"/a": 3}}])
def test_what_is_no_document_has_none(root: Any) -> None:
    assert list(operations(root)) == []


def test_an_operation_replaces_a_parameter_of_its_path_by_name_and_place() -> None:
    get, *_ = operations(ROOT)
    assert parameters(get) == [OWN, {"name": "id", "in": "path"}]


def test_an_operation_inherits_what_it_does_not_say() -> None:
    get, post, lock, query = operations(ROOT)
    assert effective(get, ROOT)["security"] == [{"key": []}]
    assert effective(post, ROOT)["security"] == []
    assert effective(get, ROOT)["servers"] == [{"url": "/path"}]
    assert effective(post, ROOT)["servers"] == []
    assert effective(lock, ROOT)["method"] == "LOCK"
    assert effective(query, ROOT)["path"] == "/returns"


def test_further_members_are_inherited_where_they_are_asked_for() -> None:
    get, *_ = operations(ROOT)
    assert "x-rate-limit" not in effective(get, ROOT)
    assert effective(get, ROOT, ["x-rate-limit"])["x-rate-limit"] == {"limit": 1}
    assert "x-rate-limit" not in get.value
