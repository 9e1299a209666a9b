from __future__ import annotations

from typing import Any

import pytest

from linters.lint.errors import ScriptError
from linters.lint.functions.openapi.effective_operation import FUNCTION
from tests.linters.lint.linting import ask

ROOT: dict[str, Any] = {
    "paths": {
        "/a": {"get": {"operationId": "a", "responses": {"200": {}}}, "post": {}},
        "/b": {"get": {"responses": {}}},
    }
}


def told(options: dict[str, Any], root: Any = ROOT) -> list[tuple[str, str]]:
    return [
        (problem.message, "/".join(map(str, problem.at or ())))
        for problem in ask("effectiveOperation", root, options)
    ]


def test_each_operation_that_fails_is_told_by_its_name() -> None:
    assert told({"schema": {"required": ["operationId"]}}) == [
        ("POST /a", "paths//a/post"),
        ("GET /b", "paths//b/get"),
    ]


def test_only_those_that_are_meant_are_judged() -> None:
    options = {
        "schema": {"required": ["operationId"]},
        "where": {"properties": {"method": {"const": "GET"}}},
    }
    assert told(options) == [("GET /b", "paths//b/get")]


def test_it_points_as_far_as_the_operation_goes() -> None:
    options = {"schema": False, "at": ["responses", "200"]} | {"schema": {"not": {}}}
    assert [at for _, at in told(options)] == [
        "paths//a/get/responses/200",
        "paths//a/post",
        "paths//b/get/responses",
    ]


def test_what_none_has_is_told_once() -> None:
    assert told({"schema": {"required": ["tags"]}, "together": True}) == [("All 3 operations", "")]
    (problem,) = ask("effectiveOperation", ROOT, {"schema": {"required": ["tags"]}, "together": True})
    assert problem.stands_for == 3
    assert len(told({"schema": {"required": ["operationId"]}, "together": True})) == 2
    alone = {"paths": {"/a": {"get": {}}}}
    assert told({"schema": {"required": ["tags"]}, "together": True}, alone) == [("GET /a", "paths//a/get")]


def test_nothing_is_said_where_there_are_no_operations() -> None:
    assert told({"schema": {"not": {}}, "together": True}, {"paths": {}}) == []


def test_a_schema_that_is_none_is_refused_when_the_ruleset_is_loaded() -> None:
    with pytest.raises(ScriptError, match="cannot be used"):
        FUNCTION.prepare({"schema": {"type": "colour"}})


@pytest.mark.parametrize(
    "operation",
    [
        {"parameters": [{"$ref": "#/nowhere"}]},
        {"requestBody": {"$ref": "#/nowhere"}},
        {"responses": {"200": {"$ref": "#/nowhere"}}},
    ],
)
def test_what_a_reference_would_have_named_is_nobodys_guess(operation: dict[str, Any]) -> None:
    assert told({"schema": {"not": {}}}, {"paths": {"/a": {"get": operation}}}) == []
