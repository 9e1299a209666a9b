from __future__ import annotations

from typing import Any

import pytest

from contracts.references import load
from linters.lint.function import Context
from linters.lint.functions.asyncapi import _schemas
from tests.linters.lint.linting import document


def context(root: Any, *path: str | int) -> Context:
    return Context(path, root, load(document(root)), frozenset())


def parts(root: Any, *path: str | int) -> list[tuple[str, str, str]]:
    here = context(root, *path)
    bench, message = _schemas.workbench(here), _schemas.located(here, {})
    assert bench is not None
    assert message is not None
    return [
        ("/".join(map(str, part.below)), part.schema.dialect, "/".join(map(str, part.named or ())))
        for part in bench.of_message(message)
    ]


TRAITS = [{"payload": {"type": "string"}}, {"$ref": "#/components/messageTraits/headed"}]
COMPONENTS = {"messageTraits": {"headed": {"headers": {"type": "object"}}}}


def test_in_3_the_message_itself_counts_before_its_traits() -> None:
    messages = {"m": {"payload": True, "traits": TRAITS}}
    root = {"asyncapi": "3.0.0", "channels": {"c": {"messages": messages}}, "components": COMPONENTS}
    assert parts(root, "channels", "c", "messages", "m") == [
        ("payload", "asyncapi", ""),
        ("traits/1/headers", "asyncapi", ""),
    ]


def test_in_2_the_last_trait_counts_and_the_format_is_the_messages() -> None:
    message = {"schemaFormat": "application/vnd.apache.avro", "payload": {}, "traits": TRAITS}
    root = {
        "asyncapi": "2.6.0",
        "channels": {"c": {"publish": {"message": message}}},
        "components": COMPONENTS,
    }
    assert parts(root, "channels", "c", "publish", "message") == [
        ("traits/0/payload", "avro", "schemaFormat"),
        ("traits/1/headers", "asyncapi", ""),
    ]


def test_a_schema_in_another_language_stands_in_a_wrapper_also_behind_a_reference() -> None:
    wrapped = {"schemaFormat": "application/schema+json;version=draft-04", "schema": {}}
    root = {
        "asyncapi": "3.0.0",
        "channels": {"c": {"messages": {"m": {"payload": {"$ref": "#/components/schemas/w"}}}}},
        "components": {"schemas": {"w": wrapped}},
    }
    assert parts(root, "channels", "c", "messages", "m") == [
        ("payload/schema", "json-schema-draft-04", "payload/schemaFormat")
    ]


def test_what_cannot_be_told_for_certain_has_no_validator() -> None:
    here = context({"asyncapi": "3.0.0"})
    bench = _schemas.workbench(here)
    assert bench is not None
    assert _schemas.workbench(here) is bench
    (sound,) = bench.of_schema(_at({"type": "string"}))
    validator = bench.validator(sound.schema)
    assert validator is not None
    assert not validator.is_valid(1)
    (dangling,) = bench.of_schema(_at({"$ref": "#/nowhere"}))
    assert bench.validator(dangling.schema) is None
    assert list(bench.of_schema(_at("no schema"))) == []


def _at(value: Any) -> Any:
    return _schemas.Located(value, "doc.json", ("components", "schemas", "x"))


@pytest.mark.parametrize("root", [{"asyncapi": "9.0.0"}, {"openapi": "3.1.0"}, {}])
def test_other_documents_have_no_workbench(root: Any) -> None:
    assert _schemas.workbench(context(root)) is None


def test_what_is_no_mapping_is_not_located() -> None:
    assert _schemas.located(context({"asyncapi": "3.0.0", "x": 1}, "x"), 1) is None
