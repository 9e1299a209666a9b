"""Translations stand on their own, share their parts, and mean what the original means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS30Validator

from contracts.document import parse
from contracts.elements.common import Origin, Schema
from contracts.errors import ContractError, LimitExceeded
from contracts.model import HttpApi, MediaType, build
from contracts.references import load
from contracts.schemas import Direction, Translator
from tests.contracts.made import accepts, documents, translate
from tests.contracts.test_model import read

TEXT = """
components:
  schemas:
    S: {properties: {o: {$ref: '#/components/schemas/O'}}}
    T: {properties: {o: {$ref: '#/components/schemas/O'}}}
    O: {properties: {p: {$ref: '#/components/schemas/P'}}, required: [p]}
    P: {type: string, readOnly: true, unknown: 1}
"""


def schemas(api: Any) -> Iterator[tuple[Schema, Direction | None]]:
    """Every schema of a model, with its direction."""

    def of_media(
        content: dict[str, MediaType], direction: Direction
    ) -> Iterator[tuple[Schema, Direction | None]]:
        for media_type in content.values():
            yield from (
                (one, direction) for one in (media_type.schema, media_type.item_schema) if one is not None
            )

    if isinstance(api, HttpApi):
        for operation in (*api.operations, *api.webhooks):
            for parameter in operation.parameters:
                yield from ((one, Direction.REQUEST) for one in [parameter.schema] if one is not None)
            if operation.body is not None:
                yield from of_media(dict(operation.body.content), Direction.REQUEST)
            for response in operation.responses.values():
                yield from of_media(dict(response.content), Direction.RESPONSE)
    else:
        for channel in api.channels.values():
            for message in channel.messages.values():
                yield from ((one, None) for one in (message.payload, message.headers) if one is not None)


def schema(name: str) -> Schema:
    path = ("components", "schemas", name)
    return Schema(
        parse(TEXT.encode()).value["components"]["schemas"][name], Origin("main.yaml", path), "openapi-3.0"
    )


def test_definitions_are_shared_between_translations() -> None:
    translator = Translator(documents(TEXT))
    one, two = (translator.translate(schema(name)).schema for name in "ST")
    assert isinstance(one, dict)
    assert isinstance(two, dict)
    assert one["$defs"] is two["$defs"]
    assert set(one["$defs"]) == {"O", "P"}


def test_the_same_schema_is_translated_once_per_direction() -> None:
    translator = Translator(documents(TEXT))
    asked = schema("S")
    assert translator.translate(asked) is translator.translate(asked)
    request = translator.translate(asked, Direction.REQUEST)
    assert request is not translator.translate(asked)
    assert accepts(request, {"o": {}})
    assert not accepts(translator.translate(asked), {"o": {}})


def test_what_definitions_could_not_carry_over_is_told() -> None:
    (only,) = Translator(documents(TEXT)).translate(schema("S")).unmodelled
    assert only == "unknown (main.yaml#/components/schemas/P)"


def test_shared_leaves_the_definitions_in_the_table() -> None:
    translator = Translator(documents(TEXT))
    shared = translator.shared(schema("S"))
    assert isinstance(shared.schema, dict)
    assert "$defs" not in shared.schema
    assert shared.names == ("O", "P")
    assert set(shared.table) >= {"O", "P"}


@pytest.mark.parametrize("dialect", ["avro", "raml", "protobuf", "https://example.com/own"])
def test_what_is_no_json_schema_accepts_everything_and_says_so(dialect: str) -> None:
    found = Translator(documents(TEXT)).translate(
        Schema({"type": "record"}, Origin("main.yaml", ()), dialect)
    )
    assert found.schema is True
    assert dialect in found.unmodelled[0]


def test_two_forms_that_begin_with_the_same_field_are_two() -> None:
    translator = Translator(documents(TEXT))
    origin = Origin("main.yaml", ("components",))
    one = translator.translate(Schema({"required": ["a"]}, origin, "openapi-2.0"))
    two = translator.translate(Schema({"required": ["b"]}, origin, "openapi-2.0"))
    assert one.schema != two.schema


def test_schemas_that_all_need_each_other_end_in_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contracts.schemas.translator._ENTRIES", 3)
    translator = Translator(documents(TEXT))
    translator.translate(schema("S"))
    assert translator.translate(schema("T")).schema != {}  # needs the same, which counts once
    with pytest.raises(LimitExceeded) as caught:
        translator.translate(schema("S"), Direction.REQUEST)
    assert caught.value.code == "too-entangled"


def test_deep_schemas_are_translated() -> None:
    text = "components: {schemas: {S: " + "{not: " * 190 + "{}" + "}" * 190 + "}}"
    assert accepts(translate(text), 1) is True


@pytest.mark.corpus
def test_every_schema_of_the_corpus_becomes_one_that_compiles(corpus: Path) -> None:
    compiled = 0
    for path in sorted([*corpus.glob("openapi/**/*"), *corpus.glob("asyncapi/**/*")]):
        if not path.is_file() or path.stat().st_size > 2_500_000:  # the largest have a test of their own
            continue
        try:
            api = build(read(path, corpus))
        except ContractError:
            continue
        translator = Translator(api.documents)
        for one, direction in schemas(api):
            found = translator.translate(one, direction)
            if compiled % 5 == 0 or not path.is_relative_to(corpus / "openapi" / "general"):
                jsonschema_rs.Draft202012Validator(found.schema, offline=True)
            compiled += 1
    assert compiled > 9000


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["stripe-spec3@2023-03-06.yaml", "kubernetes-swagger@2018-03-09.json"])
def test_large_contracts_share_their_definitions(corpus: Path, name: str) -> None:
    api = build(read(corpus / "openapi/general" / name, corpus / "openapi/general"))
    translator = Translator(api.documents)
    seen: dict[int, dict[str, Any] | bool] = {}
    count = 0
    for one, direction in schemas(api):
        found = translator.translate(one, direction).schema
        if isinstance(found, dict):
            seen.update((id(definition), definition) for definition in found.get("$defs", {}).values())
        count += 1
        if count % 200 == 0:
            jsonschema_rs.Draft202012Validator(found, offline=True)
    written = api.documents.root.value
    components = written["components"]["schemas"] if "components" in written else written["definitions"]
    assert count > 2000
    assert len(seen) < 3 * len(components)  # once per direction, and a few variants


# The translation against validators that other people wrote for the original dialects. Small schemas, small
# instances: what matters is where the dialects differ from 2020-12. Left out is where Lading differs on purpose:
# `nullable` without a type, or beside an enum or a composition, lets null in (see schemas/legacy.py); and draft 4
# does not count 1.0 as an integer. Nor do references of 3.0 have siblings here: the specification has them ignored
# (3.0.3, "Reference Object"), which the validator below does not.
NAMES = st.sampled_from(["a", "b"])
INSTANCES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 4) | st.sampled_from(["", "a", "ab", 0.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=5,
)
REFERENCES = st.sampled_from([{"$ref": "#/definitions/a"}, {"$ref": "#/definitions/b"}])


def small(extra: st.SearchStrategy[dict[str, Any]], composed: list[str]) -> st.SearchStrategy[Any]:
    def combine(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(
            extra,
            st.fixed_dictionaries(
                {},
                optional={
                    "properties": st.dictionaries(NAMES, inner, max_size=2),
                    "additionalProperties": inner | st.booleans(),
                    "required": st.lists(NAMES, max_size=2, unique=True),
                },
            ),
            st.builds(lambda items: {"type": "array", "items": items}, inner),
            st.builds(
                lambda keyword, members: {keyword: members},
                st.sampled_from(composed),
                st.lists(inner, min_size=1, max_size=2),
            ),
            st.builds(lambda member: {"not": member}, inner),
        )

    return st.recursive(extra, combine, max_leaves=4)


def check(dialect: str, value: Any, definitions: dict[str, Any], instance: Any, oracle: type) -> None:
    text = orjson.dumps({"definitions": definitions, "root": value})
    made = load(parse(text, "main.json"))
    found = Translator(made).translate(
        Schema(json.loads(text)["root"], Origin("main.json", ("root",)), dialect)
    )
    assert found.unmodelled == ()
    expected = oracle(
        {**value, "definitions": definitions}
        if "$ref" not in value
        else {"allOf": [value], "definitions": definitions}
    ).is_valid(instance)
    assert accepts(found, instance) is expected, (value, instance, found.schema)


DRAFT_4 = small(
    st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["string", "object", "array", "boolean"]),
            "minimum": st.integers(0, 2),
            "exclusiveMinimum": st.just(True),
            "maxLength": st.integers(0, 2),
        },
    ).filter(lambda one: "minimum" in one or "exclusiveMinimum" not in one)
    | REFERENCES,
    ["allOf", "anyOf", "oneOf"],
)
DRAFT_7 = small(
    st.fixed_dictionaries(
        {},
        optional={
            "items": st.lists(
                st.sampled_from([{"type": "string"}, True, False, {"minimum": 1}]), min_size=1, max_size=2
            ),
            "additionalItems": st.booleans(),
            "dependencies": st.fixed_dictionaries(
                {"a": st.sampled_from([["b"], {"required": ["b"]}, False])}
            ),
            "exclusiveMinimum": st.integers(0, 2),
            "const": st.integers(0, 2),
            "contains": st.just({"minimum": 1}),
        },
    )
    | REFERENCES.map(lambda one: {**one, "maxLength": 0}),
    ["allOf", "anyOf", "oneOf"],
)
OPENAPI_3_0 = small(
    st.fixed_dictionaries(
        {},
        optional={
            "minimum": st.integers(0, 2),
            "exclusiveMinimum": st.just(True),
            "maxLength": st.integers(0, 2),
        },
    ).filter(lambda one: "minimum" in one or "exclusiveMinimum" not in one)
    | st.fixed_dictionaries(
        {"type": st.sampled_from(["string", "object", "array", "boolean"]), "nullable": st.booleans()}
    )
    | REFERENCES,
    ["allOf", "anyOf", "oneOf"],
)
LEAVES = {"a": {"type": "string"}, "b": {"required": ["a"]}}


@settings(max_examples=150)
@given(DRAFT_4, INSTANCES)
def test_draft_4_means_what_it_meant(value: Any, instance: Any) -> None:
    check("json-schema-draft-04", value, LEAVES, instance, jsonschema.Draft4Validator)


@settings(max_examples=150)
@given(DRAFT_7, INSTANCES)
def test_draft_7_means_what_it_meant(value: Any, instance: Any) -> None:
    check("json-schema-draft-07", value, LEAVES, instance, jsonschema.Draft7Validator)
    check("asyncapi", value, LEAVES, instance, jsonschema.Draft7Validator)


@settings(max_examples=150)
@given(OPENAPI_3_0, INSTANCES)
def test_openapi_3_0_means_what_it_meant(value: Any, instance: Any) -> None:
    check("openapi-3.0", value, LEAVES, instance, OAS30Validator)


def test_an_independent_meta_schema_accepts_a_translation() -> None:
    found = translate(
        "components: {schemas: {S: {type: integer, nullable: true, minimum: 1, exclusiveMinimum: true}}}"
    )
    jsonschema.Draft202012Validator.check_schema(found.schema)
