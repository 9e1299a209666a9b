"""The compiled schemas of OpenAPI."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.validity import calls

INFO = {"title": "Orders", "version": "1"}


def document(line: str, schema: Any) -> dict[str, Any]:
    if line == "2.0":
        return {"swagger": "2.0", "info": INFO, "paths": {}, "definitions": {"A": schema}}
    return {"openapi": f"{line}.0", "info": INFO, "paths": {}, "components": {"schemas": {"A": schema}}}


@pytest.mark.parametrize("line", ["2.0", "3.0", "3.1", "3.2"])
def test_each_line_checks_documents_and_their_schemas(line: str) -> None:
    validator = calls.validator(line)
    assert validator.is_valid(document(line, {"type": "string", "maxLength": 5}))
    assert not validator.is_valid(document(line, {"type": "string", "maxLength": "5"}))
    assert not validator.is_valid(document(line, {"properties": {"a": {"type": "text"}}}))
    assert not validator.is_valid({**document(line, {}), "unexpected": 1})


@pytest.mark.parametrize("line", ["3.1", "3.2"])
def test_schemas_of_another_dialect_are_left_alone(line: str) -> None:
    foreign = document(line, {"$schema": "http://json-schema.org/draft-04/schema#", "exclusiveMinimum": True})
    assert not calls.validator(line).is_valid(foreign)
    assert calls.validator(line, False).is_valid(foreign)
    assert not calls.keeps_to_its_dialect(foreign)
    assert calls.keeps_to_its_dialect(document(line, {"type": "string"}))


def test_a_dialect_of_the_whole_document_counts() -> None:
    own = {"jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base"}
    assert calls.keeps_to_its_dialect(own)
    assert not calls.keeps_to_its_dialect({"jsonSchemaDialect": "https://example.com/ours"})


def test_formats_count_where_they_are_asked_for() -> None:
    given = document("3.1", {"externalDocs": {"url": "no address"}})
    strict = calls.compiled("3.1", validate_formats=True, formats={"uri": lambda text: ":" in text})
    assert calls.validator("3.1").is_valid(given)
    assert not strict.is_valid(given)
