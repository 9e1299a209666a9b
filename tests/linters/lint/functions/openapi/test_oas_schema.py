from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import places, run


def rule(schema: Any) -> dict[str, Any]:
    then = {"field": "value", "function": "oasSchema", "functionOptions": {"schema": schema}}
    return {"r": {"formats": ["oas2", "oas3.0", "oas3.1"], "given": "$", "then": then}}


@pytest.mark.parametrize(
    ("version", "schema", "found"),
    [
        ({"openapi": "3.0.3"}, {"type": "string", "nullable": True}, 0),
        ({"openapi": "3.0.3"}, {"type": "string", "x-nullable": True}, 1),
        ({"swagger": "2.0"}, {"type": "string", "x-nullable": True}, 0),
        ({"openapi": "3.1.0"}, {"type": ["string", "null"]}, 0),
    ],
)
def test_null_is_allowed_in_the_words_of_the_version(version: Any, schema: Any, found: int) -> None:
    assert len(run(rule(schema), {**version, "value": None})) == found


def test_what_is_wrong_is_told_where_it_is() -> None:
    schema = {"items": {"type": "integer"}}
    assert places(run(rule(schema), {"openapi": "3.0.3", "value": [1, "2"]})) == ["r value/1"]


def test_what_is_missing_is_told_at_its_place() -> None:
    assert places(run(rule({}), {"openapi": "3.0.3"})) == ["r"]
