from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("payload", "bad"),
    [
        ({"type": "object", "properties": {"a": {"type": "string"}}}, []),
        ({"type": "object", "deprecated": 14}, [("deprecated",)]),
        (
            {"properties": {"a": {"type": "text", "minLength": -1}}},
            [("properties", "a", "type"), ("properties", "a", "minLength")],
        ),
        (True, []),
        ("object", [()]),
    ],
)
def test_a_payload_is_a_schema(payload: Any, bad: list[Any]) -> None:
    found = ask("asyncApiPayloadValidation", payload, formats=("asyncapi2", "aas2_6"))
    assert sorted(problem.below for problem in found) == sorted(bad)


def test_of_a_version_that_is_not_known_nothing_is_asked() -> None:
    assert ask("asyncApiPayloadValidation", {"deprecated": 14}, formats=("asyncapi2",)) == []


def test_what_references_multiply_is_judged_as_it_is_written() -> None:
    payload: Any = {"type": "string"}
    for _ in range(30):
        payload = {"properties": {"a": payload, "b": payload}}
    root = {"components": {"messages": {"m": {"payload": {"deprecated": 14}}}}}
    path = ("components", "messages", "m", "payload")
    found = ask("asyncApiPayloadValidation", payload, path=path, root=root, formats=("aas2_6",))
    assert [problem.below for problem in found] == [("deprecated",)]
