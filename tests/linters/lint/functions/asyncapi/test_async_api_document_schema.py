from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

INFO = {"title": "t", "version": "1"}


def found(document: dict[str, Any], resolved: bool, *formats: str) -> list[Any]:
    problems = ask(
        "asyncApiDocumentSchema", document, {"resolved": resolved}, (), root=document, formats=formats
    )
    return [problem.below for problem in problems]


@pytest.mark.parametrize(
    ("more", "bad"),
    [
        ({}, []),
        ({"info": {"title": "t"}}, [("info",)]),
        ({"nope": 1}, [("nope",)]),
        ({"operations": {"send": {"action": "send", "channel": {"address": "a"}}}}, []),
        ({"operations": {"send": {"action": "sent", "channel": {}}}}, [("operations", "send", "action")]),
        ({"info": {**INFO, "$ref": "info.yaml"}}, []),
    ],
)
def test_a_resolved_document_is_built_as_the_specification_says(more: dict[str, Any], bad: list[Any]) -> None:
    assert found({"asyncapi": "3.0.0", "info": INFO, **more}, True, "aas3", "aas3_0") == bad


@pytest.mark.parametrize(
    ("more", "bad"),
    [
        ({"nope": 1}, []),
        ({"info": {"$ref": "info.yaml"}}, [("info", "$ref")]),
        ({"channels": {"a": {"$ref": "#/components/channels/a"}}}, []),
    ],
)
def test_an_unresolved_one_has_references_where_they_may_be(more: dict[str, Any], bad: list[Any]) -> None:
    assert found({"asyncapi": "3.0.0", "info": INFO, **more}, False, "aas3", "aas3_0") == bad


@pytest.mark.parametrize("formats", [(), ("asyncapi2",), ("oas3",)])
def test_a_version_without_a_schema_is_not_judged(formats: tuple[str, ...]) -> None:
    assert found({"asyncapi": "2.9.0"}, True, *formats) == []


def test_what_references_multiply_is_judged_as_it_is_written() -> None:
    schema: Any = {"type": "string"}
    for _ in range(30):
        schema = {"properties": {"a": schema, "b": schema}}
    resolved = {"asyncapi": "2.6.0", "info": INFO, "channels": {}, "components": {"schemas": {"a": schema}}}
    written = {"asyncapi": "2.6.0", "info": {"title": "t"}, "channels": {}}
    problems = ask(
        "asyncApiDocumentSchema", resolved, {"resolved": True}, (), root=written, formats=("aas2_6",)
    )
    assert [problem.below for problem in problems] == [("info",)]
